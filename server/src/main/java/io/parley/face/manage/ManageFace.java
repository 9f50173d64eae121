package io.parley.face.manage;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerBuilder;
import io.parley.store.Db;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/// `/healthz`: the process answers and its store can be read. `/readyz`: it wants traffic; 503
/// while it starts or drains. `/metrics`: counters and gauges in the Prometheus text format.
public final class ManageFace {
  private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");

  private static final String EXPLORER = "/docs";

  private final Db db;
  private final BooleanSupplier ready;
  private final Map<String, LongSupplier> gauges = new TreeMap<>();

  public ManageFace(Db db, BooleanSupplier ready) {
    this.db = db;
    this.ready = ready;
    Runtime runtime = Runtime.getRuntime();
    gauge("parley_store_writes_total", db::writes);
    gauge("parley_store_commits_total", db::commits);
    gauge("parley_store_writes_waiting", db::writesWaiting);
    gauge("parley_heap_used_bytes", () -> runtime.totalMemory() - runtime.freeMemory());
    gauge("parley_heap_committed_bytes", runtime::totalMemory);
  }

  /// Adds a number to `/metrics`. Names that end in `_total` are counters, others gauges.
  public void gauge(String name, LongSupplier value) {
    gauges.put(name, value);
  }

  /// Adds its paths to `server`, and keeps what is not its own off the management port.
  ///
  /// @param management whether a port is that one
  /// @param explorer whether the API explorer is on the other port, too
  public void install(ServerBuilder server, IntPredicate management, boolean explorer) {
    server.service("/healthz", (context, request) -> health());
    server.service(
        "/readyz",
        (context, request) ->
            ready.getAsBoolean()
                ? text("ready\n")
                : HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE));
    server.service("/metrics", (context, request) -> text(metrics()));
    server.decorator(
        (delegate, context, request) -> {
          boolean docs = context.path().startsWith(EXPLORER);
          boolean there =
              management.test(context.localAddress().getPort())
                  ? docs || PATHS.contains(context.path())
                  : docs ? explorer : !PATHS.contains(context.path());
          if (!there) {
            throw HttpStatusException.of(HttpStatus.NOT_FOUND);
          }
          return delegate.serve(context, request);
        });
  }

  private HttpResponse health() {
    db.read(tx -> tx.number("SELECT 1"));
    return text("ok\n");
  }

  private String metrics() {
    StringBuilder out = new StringBuilder();
    gauges.forEach(
        (name, value) ->
            out.append(
                String.format(
                    Locale.ROOT,
                    "# TYPE %s %s\n%s %d\n",
                    name,
                    name.endsWith("_total") ? "counter" : "gauge",
                    name,
                    value.getAsLong())));
    return out.toString();
  }

  private static HttpResponse text(String body) {
    return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, body);
  }
}
