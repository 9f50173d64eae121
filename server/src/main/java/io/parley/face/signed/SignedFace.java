package io.parley.face.signed;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.account.Accounts;
import io.parley.account.Source;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.edge.Failures;
import io.parley.face.edge.Peers;
import io.parley.face.edge.Refusing;
import io.parley.partner.Admissions;
import io.parley.security.Attempt;
import io.parley.security.SecurityLog;
import io.parley.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The partner API under `/api/`: signed requests, checked by [Admissions], then carried out.
public final class SignedFace {
  private static final Logger log = LoggerFactory.getLogger(SignedFace.class);
  private static final Set<HttpMethod> WITH_BODY =
      EnumSet.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
  private static final int ECHO_MAX = 64;

  private final Admissions admissions;
  private final SecurityLog security;
  private final SignedServices services;
  private final Limits limits;
  private final Executor executor;

  /// Whom it speaks for.
  ///
  /// @param zone of `responseTime`
  public record Core(
      Admissions admissions,
      Accounts accounts,
      Sessions sessions,
      SecurityLog security,
      Clock clock,
      ZoneId zone) {}

  public SignedFace(Core core, Limits limits, Executor executor) {
    admissions = core.admissions();
    security = core.security();
    services = new SignedServices(core.accounts(), core.sessions(), core.clock(), core.zone());
    this.limits = limits;
    this.executor = executor;
  }

  public void install(ServerBuilder server) {
    Refusing refusals =
        new Refusing(
            (context, thrown) -> refusal(thrown).toHttpResponse(),
            (context, status) -> refusal(status));
    server.route().pathPrefix("/api/").errorHandler(refusals).build(this::serve);
  }

  private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(whole -> answer(context, whole), executor)
            .exceptionally(this::refusal)
            .thenApply(AggregatedHttpResponse::toHttpResponse));
  }

  private AggregatedHttpResponse answer(
      ServiceRequestContext context, AggregatedHttpRequest request) {
    String code = context.mappedPath().substring(1);
    SignedServices.Service service = services.find(code);
    if (service == null) {
      throw SignedWire.unknownService(code.substring(0, Math.min(code.length(), ECHO_MAX)));
    }
    Caller caller = Peers.anonymous(context);
    Admissions.Attempt attempt = attempt(context, request);
    return switch (admissions.judge(attempt, code, caller.address())) {
      case Admissions.Refused(Admissions.Reason reason) -> {
        security.count(Attempt.PARTNER_REFUSED, Source.of(caller).key(), null);
        throw SignedWire.refused(reason, code);
      }
      case Admissions.Admitted admitted -> {
        if (request.method() != HttpMethod.POST) {
          yield SignedWire.onlyPost(code);
        }
        if (!admissions.spend(admitted, attempt.transactionId())) {
          throw SignedWire.replayed();
        }
        yield service.call(admitted.app(), caller, Fields.parse(attempt.payload()));
      }
    };
  }

  private static Admissions.Attempt attempt(
      ServiceRequestContext context, AggregatedHttpRequest request) {
    RequestHeaders headers = request.headers();
    return new Admissions.Attempt(
        header(headers, "app_id", "app-id"),
        header(headers, "transaction_id", "transaction-id"),
        header(headers, "sign", "sign"),
        header(headers, "req_time", "req-time"),
        payload(context, request));
  }

  /// The header under either name; empty if it is missing, or there with two values: which one
  /// counts would be anybody's guess.
  private static String header(RequestHeaders headers, String name, String alias) {
    List<String> values =
        Stream.concat(headers.getAll(name).stream(), headers.getAll(alias).stream())
            .map(String::strip)
            .distinct()
            .toList();
    return values.size() == 1 ? values.getFirst() : "";
  }

  private static byte[] payload(ServiceRequestContext context, AggregatedHttpRequest request) {
    if (WITH_BODY.contains(request.method())) {
      return request.content().array();
    }
    String sent = context.rawPath(); // As it came: the framework rewrites escapes in the other.
    int query = sent.indexOf('?');
    return (query < 0 ? "" : sent.substring(query)).getBytes(StandardCharsets.UTF_8);
  }

  private AggregatedHttpResponse refusal(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof Refusal refusal) {
        return SignedWire.text(refusal.status(), refusal.text());
      }
    }
    Fault fault = Failures.find(thrown);
    if (fault != null && fault.code() != FaultCode.INTERNAL) {
      return Failures.isTooLarge(thrown)
          ? refusal(SignedWire.tooLarge(limits.bodyBytesMax()))
          : SignedWire.fault(fault);
    }
    log.error("a partner's request failed", thrown);
    return SignedWire.fault(Fault.internal(thrown));
  }

  private AggregatedHttpResponse refusal(HttpStatus status) {
    return switch (status.code()) {
      case 413 -> refusal(SignedWire.tooLarge(limits.bodyBytesMax()));
      case 503 -> SignedWire.fault(Fault.of(FaultCode.UNAVAILABLE, "the request was ended"));
      default ->
          status.isClientError()
              ? refusal(Refusal.business("请求不正确"))
              : SignedWire.fault(Fault.of(FaultCode.INTERNAL, "internal error"));
    };
  }
}
