package io.parley.face.manage;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.parley.store.Db;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// `/healthz`: the process is at work; 503 if it should be ended and started anew. `/readyz`: it
/// wants traffic; 503 while it starts or drains, and while something that a send needs does not
/// work. Both say why. `/metrics`: counters and gauges in the Prometheus text format.
public final class ManageFace {
  private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");

  private static final String EXPLORER = "/docs";

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

  /// Adds its paths to `server`, and keeps what is not its own off the management port.
  ///
  /// @param management whether a port is that one
  /// @param explorer whether the API explorer is on the other port, too
  public void install(ServerBuilder server, IntPredicate management, boolean explorer) {
    server.service("/healthz", (context, request) -> verdict("ok", health.dead().get()));
    server.service("/readyz", (context, request) -> verdict("ready", health.unready().get()));
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
