package io.parley;

import io.parley.admin.AccountViews;
import io.parley.admin.ExportKey;
import io.parley.admin.Exports;
import io.parley.admin.Machine;
import io.parley.admin.Totals;
import io.parley.admin.Vitals;
import io.parley.base.Entropy;
import io.parley.cluster.Nodes;
import io.parley.config.Config;
import io.parley.face.rpc.OperatorMethods;
import io.parley.face.rpc.RpcMethod;
import io.parley.realtime.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/// The part of [App] that serves operators.
final class Administration {
  private final OperatorMethods methods;
  private final Exports exports;

  Administration(
      Core core,
      Config config,
      Vitals vitals,
      Registry registry,
      Supplier<List<Nodes.Status>> servers) {
    exports =
        new Exports(
            new Exports.Sources(
                core.accountSearch,
                core.groupInterventions,
                core.reports,
                core.feeds.moderation(),
                core.audit),
            new ExportKey(core.data.secret("export", Entropy.SYSTEM)),
            core.clock,
            core.confirming);
    AccountViews views =
        new AccountViews(
            core.accountSearch,
            core.sessions,
            core.members,
            core.media,
            id -> registry.of(id.value()).length);
    methods =
        new OperatorMethods(
            new OperatorMethods.Engines(
                version(),
                vitals,
                new Totals(core.db, core.clock),
                () -> Machine.disk(core.data.path()),
                servers,
                () -> LimitsManual.of(config.limits()),
                core.throttle,
                core.accounts,
                core.audit,
                exports,
                config.limits()),
            core.accountSearch,
            views,
            core.logins,
            core.groupInterventions,
            core.apps,
            core.serviceTokens);
  }

  List<RpcMethod<?, ?>> methods() {
    return methods.all();
  }

  Exports exports() {
    return exports;
  }

  /// As the build wrote it.
  static String version() {
    try (InputStream in = Administration.class.getResourceAsStream("version.txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
