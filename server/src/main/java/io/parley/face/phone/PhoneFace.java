package io.parley.face.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.edge.Cookies;
import io.parley.face.edge.Failures;
import io.parley.face.edge.Peers;
import io.parley.face.edge.Refusing;
import io.parley.face.rpc.Callers;
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
  private final PhoneFiles files;
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
    this.files = new PhoneFiles(core.media(), limits, executor);
    this.callers = callers;
    this.settings = settings;
    this.limits = limits;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    Refusing refusals =
        new Refusing(
            (context, thrown) -> refusal(thrown, Endpoint.of(segments(context.path()))),
            (context, status) -> refusal(status, Endpoint.of(segments(context.path()))));
    server
        .route()
        .path("/android/save_file/")
        .path("/android/save_file")
        .maxRequestLength(0) // Counted by what takes it in.
        .requestTimeout(Duration.ofMinutes(30))
        .errorHandler(refusals)
        .build(this::serve);
    server.route().pathPrefix(PREFIX).errorHandler(refusals).build(this::serve);
  }

  private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String[] path = segments(context.path());
    Endpoint endpoint = Endpoint.of(path);
    if (endpoint == Endpoint.NONE) {
      return refused(HttpStatus.NOT_FOUND, Refusal.failure("no such path"), endpoint);
    }
    if (!endpoint.takes(request.method())) {
      Refusal refusal = Refusal.failure("no such method on this path");
      return refused(HttpStatus.METHOD_NOT_ALLOWED, refusal, endpoint);
    }
    Supplier<Caller> caller = () -> caller(context, request.headers());
    CompletableFuture<HttpResponse> answer =
        switch (endpoint) {
          case SAVE_FILE -> files.save(context, request, caller).thenApply(this::success);
          case COMPLETE_ACCOUNT ->
              CompletableFuture.supplyAsync(caller, executor)
                  .thenCompose(known -> request.aggregate())
                  .thenApplyAsync(
                      whole -> success(accounts.complete(caller.get(), body(whole))), executor);
          default -> other(context, request, endpoint, path);
        };
    return HttpResponse.of(answer.exceptionally(thrown -> refusal(thrown, endpoint)));
  }

  private CompletableFuture<HttpResponse> other(
      ServiceRequestContext context, HttpRequest request, Endpoint endpoint, String[] path) {
    context.setMaxRequestLength(limits.openBodyBytesMax());
    Cancellable work = new Cancellable();
    context.whenRequestCancelling().thenRun(work::cancel);
    return request
        .aggregate()
        .thenApplyAsync(
            whole ->
                work.during(
                    () ->
                        endpoint == Endpoint.LOGIN || endpoint == Endpoint.REGISTER
                            ? opened(context, endpoint, body(whole))
                            : call(endpoint, caller(context, endpoint, request.headers()), path)),
            executor);
  }

  private HttpResponse opened(ServiceRequestContext context, Endpoint endpoint, JsonNode body) {
    Caller anonymous = Peers.anonymous(context);
    PhoneAccounts.LoggedIn login =
        endpoint == Endpoint.LOGIN
            ? accounts.login(anonymous, body)
            : accounts.register(anonymous, body);
    return answer(core.dates().success(login.account()), cookie(login.token(), COOKIE_LIFE));
  }

  private HttpResponse call(Endpoint endpoint, Caller caller, String[] path) {
    return switch (endpoint) {
      case OUT -> {
        accounts.logout(caller);
        String answer = core.dates().success(TextNode.valueOf("ok"));
        yield answer(answer, cookie("", Duration.ZERO));
      }
      case PUSH_ID -> success(directory.confirm(caller, path[1]));
      case ADD_FRIEND -> success(directory.addFriend(caller, path[1]));
      case USER_SEARCH -> found(directory.users(caller, path[1], path[2]));
      case GROUP_SEARCH -> found(directory.groups(caller, path[1], path[2]));
      case FRIENDS -> found(directory.friends(caller, path[1], path[2]));
      case USER_CONTACTS -> found(directory.contacts(caller));
      case LOGIN, REGISTER, COMPLETE_ACCOUNT, SAVE_FILE, NONE ->
          throw new IllegalStateException(endpoint.name());
    };
  }

  private JsonNode body(AggregatedHttpRequest request) {
    return Json.object(request.content().array());
  }

  // --- callers

  /// Who calls: by the cookie, or as every contract takes tokens. A page of another site may make a
  /// browser send the cookie with a GET; such a request has no session here.
  private Caller caller(ServiceRequestContext context, RequestHeaders headers) {
    Caller caller = callers.authenticate(token(headers), Peers.anonymous(context));
    caller.requireAccount();
    return caller;
  }

  /// The same; whoever has to choose a password first may log out.
  private Caller caller(ServiceRequestContext context, Endpoint endpoint, RequestHeaders headers) {
    return endpoint == Endpoint.OUT
        ? callers.identify(token(headers), Peers.anonymous(context))
        : caller(context, headers);
  }

  private static String token(RequestHeaders headers) {
    String token = Callers.token(headers.get(HttpHeaderNames.AUTHORIZATION));
    if (token == null && !"cross-site".equals(headers.get("sec-fetch-site"))) {
      token = Cookies.find(headers.getAll(HttpHeaderNames.COOKIE), COOKIE);
    }
    if (token == null) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "log in first");
    }
    return token;
  }

  // --- answers

  private HttpResponse success(ObjectNode result) {
    return answer(core.dates().success(result), null);
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

  private HttpResponse refused(HttpStatus status, Refusal refusal, Endpoint endpoint) {
    return whole(status, refusal, endpoint).toHttpResponse();
  }

  private AggregatedHttpResponse whole(HttpStatus status, Refusal refusal, Endpoint endpoint) {
    return AggregatedHttpResponse.of(
        status, MediaType.JSON_UTF_8, core.dates().refusal(refusal, endpoint.empty()));
  }

  /// Clients take what is behind the `=` apart without looking whether anything is, so no value is
  /// two quotation marks, which means the same.
  private Cookie cookie(String token, Duration life) {
    return Cookie.secureBuilder(COOKIE, token)
        .valueQuoted(token.isEmpty())
        .path("/")
        .maxAge(life.toSeconds())
        .httpOnly(true)
        .secure(settings.secure())
        .sameSite("Lax")
        .build();
  }

  private HttpResponse refusal(Throwable thrown, Endpoint endpoint) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof Refusal refusal) {
        return refused(HttpStatus.OK, refusal, endpoint);
      }
    }
    Fault fault = Failures.find(thrown);
    if (fault != null && fault.code() != FaultCode.INTERNAL) {
      boolean tooLarge = Failures.isTooLarge(thrown);
      return refused(
          HttpStatus.OK,
          tooLarge ? Refusal.failure("over " + endpoint.limit()) : Refusal.of(fault),
          endpoint);
    }
    log.error("a call failed", thrown);
    return refused(HttpStatus.OK, Refusal.of(Fault.internal(thrown)), endpoint);
  }

  private AggregatedHttpResponse refusal(HttpStatus status, Endpoint endpoint) {
    boolean tooLarge = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    String text = tooLarge ? "over " + endpoint.limit() : "malformed request";
    return whole(HttpStatus.OK, Refusal.failure(text), endpoint);
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
