package io.parley;

import io.parley.account.Emails;
import io.parley.account.Naming;
import io.parley.base.Entropy;
import io.parley.config.Config;
import io.parley.face.rpc.OwnerMethods;
import io.parley.face.rpc.RpcMethod;
import io.parley.mail.Posting;
import io.parley.session.MailBudget;
import io.parley.session.OwnEmail;
import io.parley.session.Recovering;
import java.util.List;

/// What owners do with their accounts by mail, made and joined.
final class Ownership implements AutoCloseable {
  private final Posting posting = new Posting();
  private final OwnerMethods methods;

  Ownership(Core core, Config config) {
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
    methods =
        new OwnerMethods(
            new OwnEmail(core.db, emails, core.sessions, post, core.security), recovering);
  }

  List<RpcMethod<?, ?>> methods() {
    return methods.all();
  }

  /// Ends work in the background, before the services it stands on.
  @Override
  public void close() {
    posting.close();
  }
}
