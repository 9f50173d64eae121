package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceErrorHandler;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.edge.Failures;
import io.parley.face.edge.Peers;
import io.parley.face.rpc.Callers;
import io.parley.media.Stored;
import io.parley.media.Upload;
import io.parley.media.UploadAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The paths under `/android/`. Whatever happens is HTTP 200 with a status in the body, except for
/// a path or a method that there is not.
public final class PhoneFace {
  private static final Logger log = LoggerFactory.getLogger(PhoneFace.class);
  private static final String PREFIX = "/android/";
  private static final String COOKIE = "sessionid";
  private static final Duration COOKIE_LIFE = Duration.ofDays(14);
  private static final int SEGMENT_CHARS_MAX = 512;

  private final PhoneCore core;
  private final PhoneAccounts accounts;
  private final PhoneDirectory directory;
  private final Callers callers;
  private final Settings settings;
  private final Limits limits;
  private final Executor executor;

  /// @param singleLogin whether a second login is refused
  /// @param secure whether browsers reach this server by https
  public record Settings(boolean singleLogin, boolean secure) {}

  public PhoneFace(
      PhoneCore core, Callers callers, Settings settings, Limits limits, Executor executor) {
    this.core = core;
    this.accounts = new PhoneAccounts(core, settings.singleLogin());
    this.directory = new PhoneDirectory(core);
    this.callers = callers;
    this.settings = settings;
    this.limits = limits;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    // Base64 takes a third more than the file, line breaks and the name a little.
    long fileBytesMax = limits.fileBytesMax() / 2L * 3 + 65_536;
    server
        .route()
        .path("/android/save_file/")
        .path("/android/save_file")
        .maxRequestLength(fileBytesMax)
        .requestTimeout(Duration.ofMinutes(30))
        .errorHandler(new Refusals(limitOf("save_file")))
        .build(this::serve);
    server.route().pathPrefix(PREFIX).errorHandler(new Refusals(limitOf(""))).build(this::serve);
  }

  private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String[] path = segments(context.path());
    boolean known =
        switch (path[0]) {
          case "login", "register", "complete_account", "save_file", "out", "user_contacts" ->
              path.length == 1;
          case "push_id", "add_friend" -> path.length == 2;
          case "user_search", "group_search", "friends" -> path.length == 3;
          default -> false;
        };
    if (!known) {
      return answer(HttpStatus.NOT_FOUND, Refusal.failure("no such path"));
    }
    HttpMethod method = request.method();
    boolean allowed =
        switch (path[0]) {
          case "login", "register", "complete_account", "save_file" -> method == HttpMethod.POST;
          case "add_friend" -> method == HttpMethod.POST || method == HttpMethod.GET;
          default -> method == HttpMethod.GET;
        };
    if (!allowed) {
      return answer(HttpStatus.METHOD_NOT_ALLOWED, Refusal.failure("no such method on this path"));
    }
    return HttpResponse.of(
        (path[0].equals("save_file") ? file(context, request) : other(context, request, path))
            .exceptionally(thrown -> refusal(thrown, limitOf(path[0]))));
  }

  private CompletableFuture<HttpResponse> other(
      ServiceRequestContext context, HttpRequest request, String[] path) {
    if (path[0].equals("complete_account")) {
      return CompletableFuture.supplyAsync(() -> caller(context, request.headers()), executor)
          .thenCompose(known -> request.aggregate())
          .thenApplyAsync(whole -> call(context, whole, path), executor);
    }
    context.setMaxRequestLength(limits.openBodyBytesMax());
    Cancellable work = new Cancellable();
    context.whenRequestCancelling().thenRun(work::cancel);
    return request
        .aggregate()
        .thenApplyAsync(whole -> work.during(() -> call(context, whole, path)), executor);
  }

  private HttpResponse call(
      ServiceRequestContext context, AggregatedHttpRequest request, String[] path) {
    RequestHeaders headers = request.headers();
    Supplier<Caller> caller = () -> caller(context, headers);
    return switch (path[0]) {
      case "login" -> loggedIn(accounts.login(Peers.anonymous(context), body(request)));
      case "register" -> loggedIn(accounts.register(Peers.anonymous(context), body(request)));
      case "complete_account" -> success(accounts.complete(caller.get(), body(request)));
      case "out" -> {
        accounts.logout(callers.identify(token(headers), Peers.anonymous(context)));
        yield answer(core.dates().success(List.of()), cookie("", Duration.ZERO));
      }
      case "push_id" -> success(directory.confirm(caller.get(), path[1]));
      case "add_friend" -> success(directory.addFriend(caller.get(), path[1]));
      case "user_search" -> found(directory.users(caller.get(), path[1], path[2]));
      case "group_search" -> found(directory.groups(caller.get(), path[1], path[2]));
      case "friends" -> found(directory.friends(caller.get(), path[1], path[2]));
      default -> found(directory.contacts(caller.get()));
    };
  }

  private JsonNode body(AggregatedHttpRequest request) {
    return Json.object(request.content().array());
  }

  // --- files

  /// Body and content go to files, not to memory. The name that is given plays no part.
  private CompletableFuture<HttpResponse> file(ServiceRequestContext context, HttpRequest request) {
    return CompletableFuture.supplyAsync(
            () -> {
              Caller caller = caller(context, request.headers());
              return new Received(caller, core.media().receive(caller));
            },
            executor)
        .thenCompose(
            received ->
                request
                    .writeTo(
                        part -> part instanceof HttpData data ? data : HttpData.empty(),
                        received.body().file())
                    .thenApplyAsync(whole -> store(received), executor)
                    .whenComplete((answer, thrown) -> received.body().close()));
  }

  private record Received(Caller caller, Upload body) {}

  private HttpResponse store(Received received) {
    try (Upload content = core.media().receive(received.caller())) {
      Json.content(received.body().file(), content.file());
      Stored stored = core.media().store(received.caller(), content);
      ObjectNode result = Json.object();
      result.put("path", PhoneWire.path(UploadAddress.of(stored.name())));
      return success(result);
    } catch (Fault fault) {
      throw fault.code() == FaultCode.MALFORMED || fault.code() == FaultCode.TOO_LARGE
          ? new Refusal(Status.FORMAT_ERROR_FILE, fault.text())
          : fault;
    }
  }

  // --- callers

  /// Who calls: by the cookie, or as every contract takes tokens. A page of another site may make a
  /// browser send the cookie with a GET; such a request has no session here.
  private Caller caller(ServiceRequestContext context, RequestHeaders headers) {
    Caller caller = callers.authenticate(token(headers), Peers.anonymous(context));
    caller.requireAccount();
    return caller;
  }

  private static String token(RequestHeaders headers) {
    String token = Callers.token(headers.get(HttpHeaderNames.AUTHORIZATION));
    if (token == null && !"cross-site".equals(headers.get("sec-fetch-site"))) {
      token = cookie(headers);
    }
    if (token == null) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "log in first");
    }
    return token;
  }

  private static @Nullable String cookie(RequestHeaders headers) {
    for (Cookie cookie : headers.cookies()) {
      if (cookie.name().equals(COOKIE) && !cookie.value().isEmpty()) {
        return cookie.value();
      }
    }
    return null;
  }

  // --- answers

  private HttpResponse loggedIn(PhoneAccounts.LoggedIn login) {
    return answer(
        core.dates().success(List.of(login.account())), cookie(login.token(), COOKIE_LIFE));
  }

  private HttpResponse success(ObjectNode result) {
    return answer(core.dates().success(List.of(result)), null);
  }

  private HttpResponse found(List<ObjectNode> results) {
    return answer(core.dates().found(results), null);
  }

  private static HttpResponse answer(String json, @Nullable Cookie cookie) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    if (cookie != null) {
      headers.cookie(cookie);
    }
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(json));
  }

  private HttpResponse answer(HttpStatus status, Refusal refusal) {
    return whole(status, refusal).toHttpResponse();
  }

  private AggregatedHttpResponse whole(HttpStatus status, Refusal refusal) {
    return AggregatedHttpResponse.of(status, MediaType.JSON_UTF_8, core.dates().refusal(refusal));
  }

  private Cookie cookie(String token, Duration life) {
    return Cookie.secureBuilder(COOKIE, token)
        .path("/")
        .maxAge(life.toSeconds())
        .httpOnly(true)
        .secure(settings.secure())
        .sameSite("Lax")
        .build();
  }

  private static String limitOf(String path) {
    return switch (path) {
      case "save_file" -> "limits.file_bytes_max";
      case "login", "register" -> "limits.open_body_bytes_max";
      default -> "limits.body_bytes_max";
    };
  }

  private HttpResponse refusal(Throwable thrown, String limit) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof Refusal refusal) {
        return answer(HttpStatus.OK, refusal);
      }
    }
    Fault fault = Failures.find(thrown);
    if (fault != null && fault.code() != FaultCode.INTERNAL) {
      boolean tooLarge = Failures.isTooLarge(thrown);
      return answer(HttpStatus.OK, tooLarge ? Refusal.failure("over " + limit) : Refusal.of(fault));
    }
    log.error("a call failed", thrown);
    return answer(HttpStatus.OK, Refusal.of(Fault.internal(thrown)));
  }

  /// What the HTTP server refuses before the service sees it.
  private final class Refusals implements ServiceErrorHandler {
    private final String limit;

    Refusals(String limit) {
      this.limit = limit;
    }

    @Override
    public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
      return refusal(cause, limit);
    }

    @Override
    public AggregatedHttpResponse renderStatus(
        ServiceRequestContext context,
        RequestHeaders headers,
        HttpStatus status,
        @Nullable String description,
        @Nullable Throwable cause) {
      boolean tooLarge = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
      Refusal refusal = Refusal.failure(tooLarge ? "over " + limit : "malformed request");
      return whole(HttpStatus.OK, refusal);
    }
  }

  // --- requests

  /// The decoded parts after the prefix; one empty text where they cannot be.
  private static String[] segments(String full) {
    String path = full.substring(PREFIX.length());
    if (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      try {
        parts[i] = URLDecoder.decode(parts[i].replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return new String[] {""};
      }
      if (parts[i].isEmpty() || parts[i].length() > SEGMENT_CHARS_MAX) {
        return new String[] {""};
      }
    }
    return parts;
  }
}
