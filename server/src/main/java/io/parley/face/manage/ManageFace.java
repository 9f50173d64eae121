package io.parley.face.manage;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.VirtualHostBuilder;
import io.parley.store.Db;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// `/healthz`: the process is at work; 503 if it should be ended and started anew. `/readyz`: it
/// wants traffic; 503 while it starts or drains, and while something that a send needs does not
/// work. Both say why. `/metrics`: counters and gauges in the Prometheus text format.
public final class ManageFace {
  private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");

  private final Health health;
  private final Map<String, LongSupplier> gauges = new TreeMap<>();

  /// Each gives reasons, none if all is well. Asked on an event loop: they must not wait.
  public record Health(Supplier<List<String>> dead, Supplier<List<String>> unready) {}

  public ManageFace(Db db, Health health) {
    this.health = health;
    Runtime runtime = Runtime.getRuntime();
    gauge("parley_store_writes_total", db::writes);
    gauge("parley_store_commits_total", db::commits);
    gauge("parley_store_writes_waiting", db::writesWaiting);
    gauge("parley_store_writable", () -> db.writable() ? 1 : 0);
    gauge("parley_heap_used_bytes", () -> runtime.totalMemory() - runtime.freeMemory());
    gauge("parley_heap_committed_bytes", runtime::totalMemory);
  }

  /// Adds a number to `/metrics`. Names that end in `_total` are counters, others gauges.
  public void gauge(String name, LongSupplier value) {
    gauges.put(name, value);
  }

  public void install(ServerBuilder server, int port) {
    VirtualHostBuilder host = server.virtualHost(port);
    host.service("/healthz", (context, request) -> verdict("ok", health.dead().get()));
    host.service("/readyz", (context, request) -> verdict("ready", health.unready().get()));
    host.service("/metrics", (context, request) -> text(metrics()));
    // The framework looks among the main port's services too when this port has none for a path.
    server.decorator(
        (delegate, context, request) ->
            context.localAddress().getPort() == port && !PATHS.contains(context.path())
                ? HttpResponse.of(HttpStatus.NOT_FOUND)
                : delegate.serve(context, request));
  }

  private static HttpResponse verdict(String well, List<String> reasons) {
    return reasons.isEmpty()
        ? text(well + "\n")
        : HttpResponse.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            MediaType.PLAIN_TEXT_UTF_8,
            String.join("\n", reasons) + "\n");
  }

  /// The threads that serve connections, as what runs tasks on them.
  public static List<Executor> loops(Server server) {
    List<Executor> loops = new ArrayList<>();
    server.config().workerGroup().forEach(loops::add);
    return loops;
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
