package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Hmac;
import io.parley.store.Db;
import io.parley.store.Seal;
import io.parley.store.Tx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Codes that change every 30 s ([Totp]) as a second factor, and recovery codes for whoever lost
/// the app.
///
/// A code is taken once: the step of the last one is in the database, and so is what was guessed in
/// vain. After 20 wrong codes in a row the next one is looked at an hour later, whoever asks;
/// recovery codes, of 80 bits, go on. Secrets are sealed, recovery codes stored under a keyed hash.
public final class SecondFactors {
  /// A secret that is not in force yet, as apps take it.
  ///
  /// @param secret Base32
  /// @param uri `otpauth://…`
  public record Begun(String secret, String uri) {}

  /// @param codesLeft recovery codes that were not used yet
  public record Status(boolean on, long codesLeft) {}

  private enum Verdict {
    RIGHT,
    WRONG,
    WAIT,
    OFF
  }

  private static final int CODES = 10;
  private static final int CODE_BYTES = 10;
  private static final int CODE_GROUP = 4;
  private static final int CODE_CHARS_MAX = 64;
  private static final int FAILURES_FREE = 20;
  private static final Duration WAIT = Duration.ofHours(1);
  private static final Pattern RECOVERY = Pattern.compile("[a-z2-7]{16}");

  private final Db db;
  private final Clock clock;
  private final Entropy entropy;
  private final Seal seal;
  private final Hmac recovery;
  private final SecondFactorStore store = new SecondFactorStore();

  /// `key`: 32 bytes kept with the data, outside the database.
  public SecondFactors(Db db, Clock clock, Entropy entropy, byte[] key) {
    this.db = db;
    this.clock = clock;
    this.entropy = entropy;
    this.seal = new Seal(key, entropy);
    // A key of its own for each use, made of the one that is kept.
    this.recovery = new Hmac(new Hmac(key).of("recovery"));
  }

  public Status status(AccountId id) {
    return db.read(
        tx -> {
          SecondFactorStore.Row row = store.find(tx, id);
          boolean on = row != null && row.confirmedAt() > 0;
          return new Status(on, on ? store.recoveryCodes(tx, id) : 0);
        });
  }

  /// Makes a secret, which is in force once a code of it was shown.
  ///
  /// @param name what the app calls the account
  /// @throws Fault FAILED_PRECONDITION if there is one in force
  public Begun begin(AccountId id, String name) {
    byte[] secret = Totp.freshSecret(entropy);
    String text = Base32.encode(secret);
    String sealed = seal.seal(owner(id), text);
    db.change(
        tx -> {
          requireOff(store.find(tx, id));
          store.putPending(tx, id, sealed);
        });
    String label = URLEncoder.encode("Parley:" + name, StandardCharsets.UTF_8).replace("+", "%20");
    return new Begun(
        text,
        "otpauth://totp/"
            + label
            + "?secret="
            + text
            + "&issuer=Parley&algorithm=SHA1&digits=6&period=30");
  }

  /// Inside a transaction: puts the secret in force that `code` is of; the answer are the recovery
  /// codes, of which there is no other copy. Logins that are being checked meanwhile fail.
  ///
  /// @throws Fault FAILED_PRECONDITION if none was begun, or one is in force; INVALID_FIELD naming
  ///     `code`
  public List<String> turnOn(Tx tx, AccountId id, String code) {
    SecondFactorStore.Row row = store.find(tx, id);
    requireOff(row);
    if (row == null) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "begin with BeginTotp");
    }
    long now = clock.millis();
    long step = Totp.match(secret(id, row), digits(code), now);
    if (step < 0) {
      throw Fault.invalid("code", "is not what the app shows now");
    }
    store.confirm(tx, id, step, now);
    return renewCodes(tx, id);
  }

  /// Inside a transaction: makes new recovery codes in place of those there are.
  ///
  /// @throws Fault FAILED_PRECONDITION if there is no second factor
  public List<String> renewCodes(Tx tx, AccountId id) {
    SecondFactorStore.Row row = store.find(tx, id);
    if (row == null || row.confirmedAt() == 0) {
      throw off();
    }
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      codes.add(grouped(Base32.encode(entropy.bytes(CODE_BYTES)).toLowerCase(Locale.ROOT)));
    }
    store.replaceRecoveryCodes(
        tx, id, codes.stream().map(SecondFactors::plain).map(this::hash).toList());
    return codes;
  }

  /// Inside a transaction: from now on the password is enough.
  ///
  /// @throws Fault FAILED_PRECONDITION if there is no second factor
  public void turnOff(Tx tx, AccountId id) {
    SecondFactorStore.Row row = store.find(tx, id);
    if (row == null || row.confirmedAt() == 0) {
      throw off();
    }
    store.delete(tx, id, clock.millis());
  }

  /// Takes a code of the app or a recovery code, which is used up by it.
  ///
  /// @throws Fault SECOND_FACTOR_WRONG, also for one that was used before; THROTTLED;
  ///     FAILED_PRECONDITION if there is no second factor
  void require(AccountId id, String code) {
    Verdict verdict = db.write(tx -> judge(tx, id, plain(code)));
    switch (verdict) {
      case RIGHT -> {}
      case WRONG ->
          throw Fault.of(FaultCode.SECOND_FACTOR_WRONG, "totp_code: is wrong, or was used before");
      case OFF -> throw off();
      case WAIT ->
          throw Fault.retry(
              FaultCode.THROTTLED,
              "totp_code: "
                  + FAILURES_FREE
                  + " wrong ones in a row, the next is looked at within an hour; a recovery code at"
                  + " once",
              WAIT);
    }
  }

  /// What is wrong is counted in the same commit, so that codes shown at once are tries like codes
  /// shown one after the other.
  private Verdict judge(Tx tx, AccountId id, String code) {
    SecondFactorStore.Row row = store.find(tx, id);
    if (row == null || row.confirmedAt() == 0) {
      return Verdict.OFF;
    }
    if (RECOVERY.matcher(code).matches()) {
      return store.spend(tx, id, hash(code)) ? Verdict.RIGHT : Verdict.WRONG;
    }
    long now = clock.millis();
    long since = now - row.failedAt();
    if (row.failures() >= FAILURES_FREE && since >= 0 && since < WAIT.toMillis()) {
      return Verdict.WAIT;
    }
    long step = Totp.match(secret(id, row), code, now);
    if (step <= row.lastStep()) {
      store.failed(tx, id, now);
      return Verdict.WRONG;
    }
    store.taken(tx, id, step);
    return Verdict.RIGHT;
  }

  private byte[] secret(AccountId id, SecondFactorStore.Row row) {
    return Base32.decode(seal.open(owner(id), row.secret()));
  }

  private static void requireOff(SecondFactorStore.@Nullable Row row) {
    if (row != null && row.confirmedAt() > 0) {
      throw Fault.of(FaultCode.FAILED_PRECONDITION, "there is a second factor: turn it off first");
    }
  }

  private static Fault off() {
    return Fault.of(FaultCode.FAILED_PRECONDITION, "the account has no second factor");
  }

  private static String digits(String code) {
    return code.length() > CODE_CHARS_MAX ? "" : plain(code);
  }

  /// As it was made, however it was typed.
  private static String plain(String code) {
    return code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
  }

  private static String grouped(String code) {
    return code.replaceAll("(.{" + CODE_GROUP + "})(?=.)", "$1-");
  }

  private String hash(String code) {
    return HexFormat.of().formatHex(recovery.of(code));
  }

  private static String owner(AccountId id) {
    return "account " + id;
  }
}
