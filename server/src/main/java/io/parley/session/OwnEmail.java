package io.parley.session;

import io.parley.account.Emails;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.SessionId;
import io.parley.mail.Mails;
import io.parley.mail.Posting;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the owner of a session does with the e-mail address of the account. Each change is told to
/// the address that the account had before.
public final class OwnEmail {
  /// What is done with mail.
  ///
  /// @param publicUrl how browsers reach the server, without a trailing slash
  public record Post(Mails mails, Posting posting, MailBudget budget, String publicUrl) {}

  private static final Duration LIFE = Emails.LIFE;

  private final Db db;
  private final Emails emails;
  private final Sessions sessions;
  private final Post post;
  private final SecurityLog log;

  public OwnEmail(Db db, Emails emails, Sessions sessions, Post post, SecurityLog log) {
    this.db = db;
    this.emails = emails;
    this.sessions = sessions;
    this.post = post;
    this.log = log;
  }

  public Emails.Status status(Caller caller) {
    AccountId account = caller.requireAccount();
    return db.read(tx -> emails.status(tx, account));
  }

  /// Mails a code to `address`, which becomes the account's once [#confirm] was shown the code. One
  /// that was mailed before is good no more. Blocks until the mail is safe with somebody.
  ///
  /// @param language of the mail: a language tag
  /// @return whether the mail lies in the outbox folder
  /// @throws io.parley.base.Fault INVALID_FIELD or TOO_LARGE naming `email`; ALREADY_EXISTS;
  ///     THROTTLED, BUSY; UNAVAILABLE if the mail server does not take it
  public boolean begin(Caller caller, String address, String language) {
    AccountId account = caller.requireAccount();
    SessionId session = caller.requireSession();
    Emails.requireAddress(address);
    post.budget().takeCode(account, address);
    String code =
        db.write(
            tx -> {
              sessions.requireLive(tx, account, session);
              return emails.begin(tx, account, address);
            });
    String link = post.publicUrl() + "/#me/email/" + code;
    post.mails().tell(address, Letters.code(language, code, link, LIFE.toMinutes()));
    return post.mails().outbox();
  }

  /// Takes the code that was mailed: the address, which is the answer, is the account's, in place
  /// of the one it had.
  ///
  /// @throws io.parley.base.Fault INVALID_FIELD naming `code`; FAILED_PRECONDITION if none was
  ///     begun or it is over; ALREADY_EXISTS if somebody else took the address meanwhile
  public String confirm(Caller caller, String code, String language) {
    AccountId account = caller.requireAccount();
    SessionId session = caller.requireSession();
    Emails.Taken taken =
        db.write(
            tx -> {
              sessions.requireLive(tx, account, session);
              Emails.Taken result = emails.take(tx, account, code);
              if (result.fault() == null) {
                told(tx, "email_set", account);
              }
              return result;
            });
    if (taken.fault() != null) {
      throw taken.fault();
    }
    String before = taken.before();
    if (before != null && !before.equalsIgnoreCase(taken.address())) {
      tellMoved(before, language);
    }
    return taken.address();
  }

  /// The account has no address any more, and does not log in by it.
  ///
  /// @throws io.parley.base.Fault FAILED_PRECONDITION if it logs in by nothing else
  public void remove(Caller caller, String language) {
    AccountId account = caller.requireAccount();
    SessionId session = caller.requireSession();
    @Nullable String before =
        db.write(
            tx -> {
              sessions.requireLive(tx, account, session);
              told(tx, "email_removed", account);
              return emails.remove(tx, account);
            });
    if (before != null) {
      tellMoved(before, language);
    }
  }

  /// Beside the answer: the change is made, whether the mail arrives or not. It is in no budget,
  /// for it goes to a verified address only, which takes a code each time to become one.
  private void tellMoved(String before, String language) {
    boolean unusedWaits =
        post.posting()
            .later(() -> post.mails().tell(before, Letters.moved(language, post.publicUrl())));
  }

  private void told(Tx tx, String event, AccountId account) {
    tx.afterCommit(() -> log.tell(event, "account", account.toString()));
  }
}
