package io.parley;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.parley.account.Departing;
import io.parley.account.Emails;
import io.parley.account.Naming;
import io.parley.base.Caller;
import io.parley.base.Entropy;
import io.parley.base.Limits;
import io.parley.config.Config;
import io.parley.face.rpc.OwnerMethods;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcTable;
import io.parley.face.web.TakeoutFace;
import io.parley.leaving.Erasing;
import io.parley.leaving.Leaving;
import io.parley.mail.Posting;
import io.parley.session.Closing;
import io.parley.session.MailBudget;
import io.parley.session.OwnEmail;
import io.parley.session.Recovering;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// What keeps accounts their owners': addresses, recovery, deletion, made and joined.
final class Ownership implements AutoCloseable {
  private final Posting posting = new Posting();
  private final Core core;
  private final Limits limits;
  private final Erasing erasing;
  private final OwnerMethods methods;

  Ownership(Core core, Config config) {
    this.core = core;
    this.limits = config.limits();
    // Its secret is that of all servers over these records: what one mails, another takes.
    byte[] key = core.data.secret("second-factor", Entropy.SYSTEM);
    Naming naming = new Naming(config.security().reservedNames());
    Emails emails = new Emails(core.platform, core.accounts, naming, key);
    OwnEmail.Post post =
        new OwnEmail.Post(
            core.mails, posting, new MailBudget(core.clock, config.limits()), config.publicUrl());
    Recovering recovering =
        new Recovering(
            core.platform,
            config.limits(),
            new Recovering.Parts(
                core.accounts,
                emails,
                core.sessions,
                post,
                core.security,
                config.security().throttled()));
    Departing departing = new Departing(core.clock, core.accounts);
    erasing =
        new Erasing(
            core.db,
            core.clock,
            new Erasing.Services(departing, core.roster, core.friends, core.follows, core.feeds));
    Closing closing = new Closing(core.db, core.accounts, departing, core.sessions, core.security);
    methods =
        new OwnerMethods(
            new OwnEmail(core.db, emails, core.sessions, post, core.security),
            recovering,
            new Leaving(core.clock, closing, erasing));
    erasing.start();
  }

  /// Serves what each owner may take along.
  ///
  /// @param callers who makes a request
  void install(
      ServerBuilder server,
      RpcTable table,
      Function<ServiceRequestContext, Caller> callers,
      Executor executor) {
    Consumer<Caller> allowed =
        caller -> {
          core.confirming.requireFresh(caller);
          core.security.tell("data_exported", "account", caller.requireAccount().toString());
        };
    new TakeoutFace(table, core.media, core.blobs, callers, allowed, limits, executor)
        .install(server);
  }

  List<RpcMethod<?, ?>> methods() {
    return methods.all();
  }

  /// Ends work in the background, before the services it stands on.
  @Override
  public void close() {
    erasing.close();
    posting.close();
  }
}
