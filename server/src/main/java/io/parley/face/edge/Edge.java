package io.parley.face.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// What happens to every request before a face sees it, and is done when it has been answered: it
/// counts, its address must be well-formed, its body takes of the budget and may not trickle, and
/// its answer carries the headers that every answer has.
public final class Edge {
  /// gRPC clients of one connection rarely have more calls at a time; what they send beyond waits.
  private static final int STREAMS_MAX = 100;

  private static final int STREAM_WINDOW_BYTES = 256 << 10;
  private static final int CONNECTION_WINDOW_BYTES = 1 << 20;
  private static final int FAILURES = 400;
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String HSTS = "max-age=31536000";

  private final Tally traffic;
  private final Bodies bodies;
  private final Settings settings;

  /// @param bodyRateMin bytes a second that a body must come with, on average
  /// @param toFiles tells the paths whose bodies are kept in files
  /// @param endless paths of streams without an end
  /// @param accounts whose token an `Authorization` shows if that is remembered; never blocks
  public record Settings(
      int bodyRateMin,
      Predicate<String> toFiles,
      Set<String> endless,
      Accounts accounts,
      Clock clock) {}

  /// Recognises callers without waiting.
  @FunctionalInterface
  public interface Accounts {
    @Nullable AccountId find(@Nullable String authorization);
  }

  public Edge(Tally traffic, Bodies bodies, Settings settings) {
    this.traffic = traffic;
    this.bodies = bodies;
    this.settings = settings;
  }

  /// Adds what all services have in common to `server`.
  ///
  /// @param secure whether browsers reach it by https
  public void install(ServerBuilder server, boolean secure) {
    server.http2MaxStreamsPerConnection(STREAMS_MAX);
    server.http2InitialStreamWindowSize(STREAM_WINDOW_BYTES);
    server.http2InitialConnectionWindowSize(CONNECTION_WINDOW_BYTES);
    server.clientAddressSources(List.of()); // See Peers.
    server.setHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    server.setHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
    if (secure) {
      server.setHeader(HttpHeaderNames.STRICT_TRANSPORT_SECURITY, HSTS);
    }
    server.decorator(this::serve);
  }

  private HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    ConnectionGuard guard = Peers.guard(context);
    if (guard != null) {
      guard.began();
    }
    boolean counted = !request.isEmpty() && !settings.endless().contains(context.path());
    Receiving receiving = counted ? receiving(context) : null;
    context
        .log()
        .whenAvailable(RequestLogProperty.RESPONSE_TRAILERS)
        .thenAccept(
            log -> {
              traffic.ended(well(log));
              if (receiving != null) {
                receiving.end();
              }
              if (guard != null) {
                guard.ended();
              }
            });
    if (!Targets.isWellFormed(context.rawPath())) {
      throw HttpStatusException.of(HttpStatus.BAD_REQUEST);
    }
    if (receiving == null) {
      return delegate.serve(context, request);
    }
    // Not by a function on the data: whoever collects a body would have all of it first.
    HttpRequest measured =
        HttpRequest.of(
            request.headers(),
            reader -> request.subscribe(new Counting(reader, receiving), context.eventLoop()));
    context.updateRequest(measured);
    return delegate.serve(context, measured);
  }

  private Receiving receiving(ServiceRequestContext context) {
    if (settings.toFiles().test(context.path())) {
      return new Receiving(null);
    }
    return new Receiving(bodies.open(() -> caller(context)));
  }

  private String caller(ServiceRequestContext context) {
    String shown = context.request().headers().get(HttpHeaderNames.AUTHORIZATION);
    AccountId account = settings.accounts().find(shown);
    return account != null ? "account " + account.value() : Peers.address(context);
  }

  /// The body of one request while it comes.
  private final class Receiving {
    private final Bodies.@Nullable Held held;
    private final long since = settings.clock().nanos();
    private long received;

    Receiving(Bodies.@Nullable Held held) {
      this.held = held;
    }

    void count(HttpData data) {
      received += data.length();
      long late = settings.clock().nanos() - since - GRACE.toNanos();
      if (late > 0 && received < late / 1_000_000_000.0 * settings.bodyRateMin()) {
        throw Fault.of(FaultCode.UNAVAILABLE, "limits.body_rate_bytes_min: the body is too slow");
      }
      if (held != null) {
        held.take(data.length());
      }
    }

    void end() {
      if (held != null) {
        held.release();
      }
    }
  }

  /// Counts each part as it comes. One that is too much, or too late, is the end.
  private static final class Counting implements Subscriber<HttpObject> {
    private final Subscriber<? super HttpObject> reader;
    private final Receiving receiving;
    private @Nullable Subscription subscription;
    private boolean ended;

    Counting(Subscriber<? super HttpObject> reader, Receiving receiving) {
      this.reader = reader;
      this.receiving = receiving;
    }

    @Override
    public void onSubscribe(Subscription to) {
      subscription = to;
      reader.onSubscribe(to);
    }

    @Override
    public void onNext(HttpObject part) {
      if (ended) {
        return;
      }
      if (part instanceof HttpData data) {
        try {
          receiving.count(data);
        } catch (Fault fault) {
          if (subscription != null) {
            subscription.cancel();
          }
          onError(fault);
          return;
        }
      }
      reader.onNext(part);
    }

    @Override
    public void onError(Throwable thrown) {
      if (!ended) {
        ended = true;
        reader.onError(thrown);
      }
    }

    @Override
    public void onComplete() {
      if (!ended) {
        ended = true;
        reader.onComplete();
      }
    }
  }

  /// A call may fail with the status 200: gRPC says so in trailers, or in headers without a body.
  private static boolean well(RequestLog log) {
    String head = log.responseHeaders().get("grpc-status", "0");
    String status = log.responseTrailers().get("grpc-status", head);
    return log.responseHeaders().status().code() < FAILURES && status.equals("0");
  }
}
