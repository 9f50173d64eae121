package io.parley.face.rpc;

import io.parley.account.AccountSearch;
import io.parley.account.Accounts;
import io.parley.account.Throttle;
import io.parley.admin.AccountViews;
import io.parley.admin.Exports;
import io.parley.admin.LimitInForce;
import io.parley.admin.Machine;
import io.parley.admin.Totals;
import io.parley.admin.Vitals;
import io.parley.audit.Audit;
import io.parley.base.Limits;
import io.parley.cluster.Nodes;
import io.parley.group.GroupInterventions;
import io.parley.partner.Apps;
import io.parley.session.LoginInterventions;
import io.parley.session.ServiceTokens;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The methods of `admin.AdminService`.
public final class OperatorMethods {
  /// What is shown of the server itself.
  ///
  /// @param version of the program
  /// @param servers all that share the records, by number
  /// @param room how much an answer may hold
  public record Engines(
      String version,
      Vitals vitals,
      Totals totals,
      Supplier<Machine.Disk> disk,
      Supplier<List<Nodes.Status>> servers,
      Supplier<List<LimitInForce>> limits,
      Throttle throttle,
      Accounts accounts,
      Audit audit,
      Exports exports,
      Limits room) {}

  private final List<RpcMethod<?, ?>> all;

  public OperatorMethods(
      Engines engines,
      AccountSearch accountSearch,
      AccountViews views,
      LoginInterventions logins,
      GroupInterventions groups,
      Apps apps,
      ServiceTokens tokens) {
    all =
        Stream.of(
                new AdminRpc(engines).methods(),
                new AdminAccountsRpc(accountSearch, views, logins, engines.room()).methods(),
                new AdminGroupsRpc(groups, engines.accounts(), engines.room()).methods(),
                new AdminProgramsRpc(apps, tokens).methods())
            .<RpcMethod<?, ?>>flatMap(List::stream)
            .toList();
  }

  public List<RpcMethod<?, ?>> all() {
    return all;
  }
}
