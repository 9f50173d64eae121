package io.parley.session;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.Code;
import io.parley.account.Emails;
import io.parley.account.Hourly;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.mail.Letter;
import io.parley.platform.Platform;
import io.parley.security.Attempt;
import io.parley.security.SecurityLog;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Another password for whoever forgot it: a link goes to the account's verified address, and what
/// it carries sets the password once.
///
/// Who asks for a link is answered before anybody looks whether there is such an account. A token
/// has 128 random bits and is stored as SHA-256. A link dies with whatever made it one: the
/// password, the second factor or the address that were the account's when it was mailed.
public final class Recovering {
  /// What is asked of the rest of the program.
  ///
  /// @param throttled whether limits on one caller are in force
  public record Parts(
      Accounts accounts,
      Emails emails,
      Sessions sessions,
      OwnEmail.Post post,
      SecurityLog log,
      boolean throttled) {}

  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final int NAME_CHARS_MIN = 128;
  private static final int TOKEN_CHARS_MAX = 64;

  private final Platform platform;
  private final Limits limits;
  private final Parts parts;
  private final Hourly hours;
  private final RecoveryStore store = new RecoveryStore();

  public Recovering(Platform platform, Limits limits, Parts parts) {
    this.platform = platform;
    this.limits = limits;
    this.parts = parts;
    this.hours = new Hourly(platform.clock());
  }

  /// Has a link mailed to the account that logs in as `name`, if it has a verified address. Returns
  /// before anybody has looked.
  ///
  /// @param language of the mail: a language tag
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `name`; THROTTLED; BUSY
  public void begin(Caller caller, String name, String language) {
    if (name.isBlank()) {
      throw Fault.invalid("name", "must not be empty");
    }
    int charsMax = Math.max(NAME_CHARS_MIN, 2 * limits.nicknameCodePointsMax());
    if (name.length() > charsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, "name: longer than " + charsMax + " characters");
    }
    Source source = Source.of(caller);
    count("asked by ", source);
    parts.log().count(Attempt.RECOVERY_ASKED, source.key(), null);
    if (!parts.post().posting().later(() -> mail(name, language))) {
      throw Fault.retry(FaultCode.BUSY, "too many mails wait to be sent, try again", RETRY);
    }
  }

  private void mail(String name, String language) {
    Account account = parts.accounts().findByAlias(name.strip());
    if (account == null || !account.live()) {
      return;
    }
    AccountId id = account.id();
    @Nullable String address = platform.db().read(tx -> parts.emails().verified(tx, id));
    if (address == null || !isInBudget(id)) {
      return;
    }
    String token = Tokens.random(platform.entropy());
    long now = platform.clock().millis();
    platform
        .db()
        .change(
            tx -> {
              store.deleteExpired(tx, now);
              RecoveryStore.Link link = new RecoveryStore.Link(id, address, account.loginVersion());
              store.insert(tx, Tokens.hash(token), link, now + LIFE.toMillis());
              told(tx, "recovery_mailed", id);
            });
    String link = parts.post().publicUrl() + "/#recover:" + token;
    tell(address, Letters.recovery(language, link, LIFE.toMinutes()));
  }

  private boolean isInBudget(AccountId id) {
    try {
      parts.post().budget().takeLink(id);
      return true;
    } catch (Fault e) {
      return false;
    }
  }

  /// Sets the password that the link's owner chose, and ends every session of the account, in one
  /// commit. Blocks for the slow hashes.
  ///
  /// @param code of the second factor; empty for none
  /// @return a login name of the account
  /// @throws Fault NOT_FOUND for a token that is wrong, was used or is over; SECOND_FACTOR_NEEDED;
  ///     INVALID_FIELD or TOO_LARGE naming the field; THROTTLED, BUSY
  public String complete(
      Caller caller, String token, String password, String code, String language) {
    Source source = Source.of(caller);
    count("tried by ", source);
    if (token.length() > TOKEN_CHARS_MAX) {
      throw Fault.of(FaultCode.TOO_LARGE, "token: longer than " + TOKEN_CHARS_MAX + " characters");
    }
    Code shown = Code.of(code);
    String hash = Tokens.hash(token);
    RecoveryStore.Link link = platform.db().read(tx -> require(tx, hash));
    AccountId id = link.account();
    Map<String, String> verifiers = parts.accounts().verifiers(password);
    Account account = parts.accounts().require(id);
    if (account.passwordExpired() && parts.accounts().isPassword(id, password)) {
      throw Fault.invalid("password", "is the one that an operator set: choose another");
    }
    if (account.secondFactor()) {
      if (shown.text().isEmpty()) {
        throw Fault.of(
            FaultCode.SECOND_FACTOR_NEEDED, "totp_code: the account has a second factor");
      }
      parts.accounts().confirmCode(id, shown.text(), source);
    }
    platform
        .db()
        .change(
            tx -> {
              require(tx, hash);
              store.deleteOf(tx, id);
              parts.accounts().replacePassword(tx, id, verifiers, false);
              parts.sessions().endAll(tx, id, null);
              parts.sessions().forgetAfter(tx, id);
              told(tx, "password_recovered", id);
            });
    boolean unusedWaits =
        parts
            .post()
            .posting()
            .later(
                () -> tell(link.address(), Letters.recovered(language, parts.post().publicUrl())));
    return parts.accounts().requireProfile(id).loginName();
  }

  /// Inside a transaction, or to look before one: the link of that token while it is good.
  private RecoveryStore.Link require(Tx tx, String hash) {
    RecoveryStore.Link link = store.find(tx, hash, platform.clock().millis());
    Account account = link == null ? null : parts.accounts().findEvenDeleted(tx, link.account());
    if (link == null
        || account == null
        || !account.live()
        || account.loginVersion() != link.loginVersion()
        || !link.address().equals(parts.emails().verified(tx, account.id()))) {
      throw Fault.of(FaultCode.NOT_FOUND, "token: is wrong, was used or is over: ask for another");
    }
    return link;
  }

  private void count(String act, Source source) {
    if (!parts.throttled() || source.equals(Source.UNTOLD)) {
      return;
    }
    int max = limits.recoveriesPerHourMax();
    Duration wait = hours.take(act + source.key(), max);
    if (!wait.isZero()) {
      throw Fault.retry(
          FaultCode.THROTTLED,
          "limits.recoveries_per_hour_max = " + max + " from one address: try again later",
          wait);
    }
  }

  private void tell(String address, Letter letter) {
    parts.post().mails().tell(address, letter);
  }

  private void told(Tx tx, String event, AccountId account) {
    tx.afterCommit(() -> parts.log().tell(event, "account", account.toString()));
  }
}
