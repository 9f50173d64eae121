package io.parley.face.manage;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.VirtualHostBuilder;
import io.parley.store.Db;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// `/healthz`: the process answers and its store can be read. `/readyz`: it wants traffic; 503
/// while it starts or drains. `/metrics`: counters and gauges in the Prometheus text format.
public final class ManageFace {
  private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");

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

  public void install(ServerBuilder server, int port) {
    VirtualHostBuilder host = server.virtualHost(port);
    host.service("/healthz", (context, request) -> health());
    host.service(
        "/readyz",
        (context, request) ->
            ready.getAsBoolean()
                ? text("ready\n")
                : HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE));
    host.service("/metrics", (context, request) -> text(metrics()));
    // The framework looks among the main port's services too when this port has none for a path.
    server.decorator(
        (delegate, context, request) ->
            context.localAddress().getPort() == port && !PATHS.contains(context.path())
                ? HttpResponse.of(HttpStatus.NOT_FOUND)
                : delegate.serve(context, request));
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
