package io.parley.face.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.account.Account;
import io.parley.account.Profile;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.edge.Failures;
import io.parley.face.edge.Refusing;
import io.parley.face.rpc.Callers;
import io.parley.media.Media;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// entry-http: `/login` and `/user/…`, and nothing else under these two.
///
/// The token is looked at before the body is read.
public final class EntryHttpFace {
  private static final String CONTRACT = "entry-http";
  private static final int TOKEN_CHARS_MAX = 1024;

  private enum Endpoint {
    LOGIN(HttpMethod.POST),
    LOGOUT(HttpMethod.POST),
    UPDATE_INFO(HttpMethod.PUT),
    UPDATE_PICTURE(HttpMethod.PUT, HttpMethod.POST),
    INFO(HttpMethod.GET),
    NONE;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<HttpMethod> methods;

    Endpoint(HttpMethod... methods) {
      this.methods = Set.of(methods);
    }

    /// Whether the document's examples spell the code `coode`.
    boolean twice() {
      return this != INFO && this != NONE;
    }
  }

  private static final Map<String, Endpoint> PATHS =
      Map.of(
          "/login", Endpoint.LOGIN,
          "/user/logout", Endpoint.LOGOUT,
          "/user/update_user_info", Endpoint.UPDATE_INFO,
          "/user/update_user_profile_picture", Endpoint.UPDATE_PICTURE,
          "/user/get_user_info", Endpoint.INFO);

  private final EntryUsers users;
  private final Media media;
  private final Limits limits;
  private final Executor executor;

  /// `executor`: runs what may block, each task on a virtual thread.
  public EntryHttpFace(EntryUsers users, Media media, Limits limits, Executor executor) {
    this.users = users;
    this.media = media;
    this.limits = limits;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    HttpService service = this::serve;
    server
        .route()
        .path("/login")
        .maxRequestLength(limits.openBodyBytesMax())
        .errorHandler(REFUSALS)
        .build(service);
    server.route().pathPrefix("/user").errorHandler(REFUSALS).build(service);
  }

  private static final Refusing REFUSALS =
      new Refusing(
          (context, cause) -> refusal(endpoint(context), cause),
          (context, status) ->
              EntryWire.refusal(
                  endpoint(context).twice(),
                  status.code() == 503
                      ? EntryCode.BUSY
                      : status.isClientError() ? EntryCode.INVALID : EntryCode.UNEXPECTED));

  private static Endpoint endpoint(ServiceRequestContext context) {
    return PATHS.getOrDefault(context.path(), Endpoint.NONE);
  }

  private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    Endpoint endpoint = endpoint(context);
    if (endpoint == Endpoint.NONE) {
      return failure(endpoint, EntryCode.NO_ROUTE);
    }
    if (!endpoint.methods.contains(request.method())) {
      return failure(endpoint, EntryCode.NO_METHOD);
    }
    if (endpoint == Endpoint.LOGIN) {
      return later(
          endpoint,
          request
              .aggregate()
              .thenApplyAsync(body -> login(context, body.content().array()), executor));
    }
    String token = token(request);
    if (token == null) {
      return failure(endpoint, EntryCode.NO_TOKEN);
    }
    Caller anonymous = EntryUsers.anonymous(context);
    if (endpoint == Endpoint.INFO) {
      Profile known = users.remembered(token, anonymous);
      if (known != null) {
        return info(known);
      }
    }
    return later(
        endpoint,
        CompletableFuture.supplyAsync(
                () ->
                    endpoint == Endpoint.LOGOUT
                        ? users.identify(token, anonymous)
                        : users.authenticate(token, anonymous),
                executor)
            .thenComposeAsync(caller -> carryOut(endpoint, context, caller), executor));
  }

  private CompletableFuture<HttpResponse> carryOut(
      Endpoint endpoint, ServiceRequestContext context, Caller caller) {
    if (caller.accountId() == null) {
      throw Fault.of(FaultCode.FORBIDDEN, "a trusted program has no account");
    }
    AccountId account = caller.accountId();
    return switch (endpoint) {
      case INFO -> CompletableFuture.completedFuture(info(users.profile(account)));
      case LOGOUT -> {
        users.logout(caller, account, CONTRACT);
        yield CompletableFuture.completedFuture(EntryWire.success(true));
      }
      case UPDATE_INFO ->
          context
              .request()
              .aggregate()
              .thenApplyAsync(body -> update(account, body.content().array()), executor);
      case UPDATE_PICTURE -> {
        context.setMaxRequestLength(limits.imageBytesMax() + PictureForm.FRAMING_BYTES);
        context.setRequestTimeout(Duration.ofMinutes(1));
        yield PictureForm.read(context.request(), limits.imageBytesMax())
            .thenApplyAsync(picture -> update(caller, account, picture), executor);
      }
      case LOGIN, NONE -> throw new IllegalStateException(endpoint.name());
    };
  }

  private HttpResponse login(ServiceRequestContext context, byte[] bytes) {
    JsonNode body = EntryWire.object(bytes);
    String username = EntryWire.text(body, "username");
    String password = EntryWire.text(body, "password");
    if (!EntryUsers.isMd5(password)) {
      throw Fault.invalid("password", "must be 32 hexadecimal characters");
    }
    Caller caller = EntryUsers.anonymous(context);
    Account account = users.verify(username, password, caller);
    String token;
    try {
      token = users.open(account, CONTRACT, caller);
    } catch (Fault e) {
      if (EntryCode.ofHttp(e) == EntryCode.UNEXPECTED) {
        return failure(Endpoint.LOGIN, EntryCode.TOKEN_NOT_MADE);
      }
      throw e;
    }
    Profile profile = users.profile(account.id());
    return EntryWire.success(
        true, EntryWire.login(token, profile, users.pictureUrl(profile.account())));
  }

  private HttpResponse info(Profile profile) {
    return EntryWire.success(false, EntryWire.info(profile, users.pictureUrl(profile.account())));
  }

  private HttpResponse update(AccountId account, byte[] body) {
    users.edit(account, EntryWire.text(EntryWire.object(body), "nickname"), "");
    return EntryWire.success(true);
  }

  private HttpResponse update(Caller caller, AccountId account, byte @Nullable [] picture) {
    if (picture == null) {
      throw new EntryWire.Missing("file");
    }
    users.setPicture(account, media.storePicture(caller, picture).name());
    return EntryWire.success(true);
  }

  /// Null for what counts as none.
  private static @Nullable String token(HttpRequest request) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    String token = Callers.token(header);
    boolean none =
        token == null
            || token.length() > TOKEN_CHARS_MAX
            || token.chars().anyMatch(Character::isISOControl);
    return none ? null : token;
  }

  private static HttpResponse later(Endpoint endpoint, CompletableFuture<HttpResponse> answer) {
    return HttpResponse.of(answer.exceptionally(thrown -> refusal(endpoint, thrown)));
  }

  private static HttpResponse refusal(Endpoint endpoint, Throwable thrown) {
    Throwable cause = cause(thrown);
    if (cause instanceof EntryWire.Missing missing) {
      String text = EntryCode.MISSING.text() + ": " + missing.field();
      return EntryWire.failure(endpoint.twice(), EntryCode.MISSING, text);
    }
    EntryCode code = EntryCode.ofHttp(cause);
    if (code == EntryCode.BUSY) {
      Duration later = cause instanceof Fault fault ? fault.retryAfter() : Duration.ZERO;
      return EntryWire.busy(endpoint.twice(), later);
    }
    String text = cause instanceof Fault fault ? code.text(fault) : code.text();
    return EntryWire.failure(endpoint.twice(), code, text);
  }

  /// What is behind a failure, in our own terms where it is the framework's way to say that the
  /// request is wrong or gone.
  private static Throwable cause(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof EntryWire.Missing) {
        return at;
      }
    }
    Fault known = Failures.find(thrown);
    return known != null ? known : thrown;
  }

  private static HttpResponse failure(Endpoint endpoint, EntryCode code) {
    return EntryWire.failure(endpoint.twice(), code, code.text());
  }
}
