package io.parley.partner;

import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Decides whether a partner's request is carried out.
///
/// A transaction id is kept until its request could no longer pass as fresh, at most
/// `limits.signed_transactions_max` of them. Each request removes a few that have expired.
public final class Admissions {
  /// What a request shows. A header that is not there is empty.
  ///
  /// @param payload what is signed beside the headers: the raw body, or the raw query with its `?`
  public record Attempt(
      String appId, String transactionId, String sign, String reqTime, byte[] payload) {}

  /// Why a request is refused, in the order of the checks.
  public enum Reason {
    APP_ID,
    NO_TRANSACTION_ID,
    LONG_TRANSACTION_ID,
    SIGN,
    TIME_FORMAT,
    TIME_RANGE,
    SERVICE,
    ADDRESS
  }

  /// What is decided of a request.
  public sealed interface Verdict {}

  /// It is the app's, fresh, and of a kind that the app may make.
  ///
  /// @param reqAt `req_time` in epoch milliseconds
  public record Admitted(PartnerApp app, long reqAt) implements Verdict {}

  public record Refused(Reason reason) implements Verdict {}

  /// How requests are dated.
  ///
  /// @param skew how far `req_time` may be off; zero: neither its age nor replays are checked
  /// @param zone of `req_time`
  public record Time(Clock clock, Duration skew, ZoneId zone) {}

  /// Characters of a transaction id.
  public static final int TRANSACTION_CHARS_MAX = 30;

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  /// More than the one that a request adds, so that what has expired goes in the end.
  private static final int PRUNED = 4;

  private final Apps apps;
  private final Db db;
  private final Time time;
  private final int transactionsMax;
  private final AtomicLong transactions;

  public Admissions(Apps apps, Db db, Time time, Limits limits) {
    this.apps = apps;
    this.db = db;
    this.time = time;
    transactionsMax = limits.signedTransactionsMax();
    transactions = new AtomicLong(db.read(apps.store()::transactions));
  }

  /// `service`: the code of the service that is called; `address`: the peer's.
  public Verdict judge(Attempt attempt, String service, String address) {
    PartnerApp app = apps.find(attempt.appId());
    if (app == null) {
      return new Refused(Reason.APP_ID);
    }
    if (attempt.transactionId().isEmpty()) {
      return new Refused(Reason.NO_TRANSACTION_ID);
    }
    if (attempt.transactionId().length() > TRANSACTION_CHARS_MAX) {
      return new Refused(Reason.LONG_TRANSACTION_ID);
    }
    if (!app.unsigned() && !signedBy(app, attempt)) {
      return new Refused(Reason.SIGN);
    }
    Long reqAt = parse(attempt.reqTime());
    if (reqAt == null) {
      return new Refused(Reason.TIME_FORMAT);
    }
    long skew = time.skew().toMillis();
    if (skew > 0 && Math.abs(time.clock().millis() - reqAt) > skew) {
      return new Refused(Reason.TIME_RANGE);
    }
    if (!app.mayCall(service)) {
      return new Refused(Reason.SERVICE);
    }
    return app.mayCallFrom(address) ? new Admitted(app, reqAt) : new Refused(Reason.ADDRESS);
  }

  /// Spends the transaction id of an admitted request: it is on disk when this returns. False if it
  /// was spent before. The last check, so that a refused request spends nothing.
  ///
  /// @throws Fault BUSY if too many transaction ids are kept already
  public boolean spend(Admitted admitted, String transactionId) {
    long skew = time.skew().toMillis();
    if (skew == 0) {
      return true;
    }
    long now = time.clock().millis();
    long until = Math.max(now, admitted.reqAt()) + skew;
    return db.write(tx -> spend(tx, admitted.app().id(), transactionId, now, until));
  }

  private boolean spend(Tx tx, String app, String transactionId, long now, long until) {
    int pruned = apps.store().prune(tx, now, PRUNED);
    Long known = apps.store().expiry(tx, app, transactionId);
    if (known != null && known >= now) {
      count(tx, -pruned);
      return false;
    }
    if (known != null) {
      apps.store().useAgain(tx, app, transactionId, until);
      count(tx, -pruned);
      return true;
    }
    if (transactions.get() - pruned >= transactionsMax) {
      throw Fault.retry(
          FaultCode.BUSY, "limits.signed_transactions_max are kept", Duration.ofSeconds(1));
    }
    if (!tx.attempt(change -> apps.store().use(change, app, transactionId, until))) {
      return false; // Another node was first.
    }
    count(tx, 1 - pruned);
    return true;
  }

  private void count(Tx tx, int change) {
    tx.afterCommit(() -> transactions.addAndGet(change));
  }

  private static boolean signedBy(PartnerApp app, Attempt attempt) {
    String expected =
        Signature.of(
            attempt.transactionId(),
            attempt.reqTime(),
            attempt.appId(),
            attempt.payload(),
            app.securityCode());
    return Signature.matches(attempt.sign(), expected);
  }

  private @Nullable Long parse(String reqTime) {
    if (!reqTime.matches("[0-9]{14}")) {
      return null;
    }
    try {
      return LocalDateTime.parse(reqTime, FORMAT).atZone(time.zone()).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
