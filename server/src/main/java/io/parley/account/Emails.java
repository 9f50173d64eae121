package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Hmac;
import io.parley.platform.Platform;
import io.parley.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The e-mail address of an account, which is one of its login names, and whether it is its
/// owner's: that is shown by a code of 8 digits which was mailed there.
///
/// An address counts once its code came back; until then the account keeps the one it had. A code
/// is good for its account and address, for 15 minutes and five tries, until the next one is made.
/// It is stored under a keyed hash. Sending it is somebody else's business.
public final class Emails {
  /// So long a code is good.
  public static final Duration LIFE = Duration.ofMinutes(15);

  /// Characters of an address. No login name that is looked for is longer.
  public static final int CHARS_MAX = 2 * Names.LOGIN_CODE_POINTS_MAX;

  private static final int TRIES_MAX = 5;
  private static final int DIGITS = 8;
  private static final long CODES = 100_000_000;

  /// One mailbox, spelled in one way: no comments, quotes or names, which mail servers take off.
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  /// What an account has and waits for.
  ///
  /// @param address empty for none
  /// @param verified whether a code that was mailed there came back
  /// @param pending an address that waits for its code; empty for none
  public record Status(String address, boolean verified, String pending) {}

  /// What came of a code.
  ///
  /// @param fault null where it was right
  /// @param before the address that had been the account's and was verified; null for none
  /// @param address the one that is the account's now
  public record Taken(@Nullable Fault fault, @Nullable String before, String address) {}

  private final Clock clock;
  private final Entropy entropy;
  private final Naming naming;
  private final Accounts accounts;
  private final Hmac hmac;
  private final AccountStore aliases = new AccountStore();
  private final LookStore looks = new LookStore();
  private final EmailStore store = new EmailStore();

  /// `key`: 32 bytes kept with the data, outside the database, the same for all its servers.
  public Emails(Platform platform, Accounts accounts, Naming naming, byte[] key) {
    this.clock = platform.clock();
    this.entropy = platform.entropy();
    this.accounts = accounts;
    this.naming = naming;
    this.hmac = new Hmac(new Hmac(key).of("email code"));
  }

  /// `address` if it can be one.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `email`
  public static String requireAddress(String address) {
    if (address.length() > CHARS_MAX) {
      throw Fault.of(FaultCode.TOO_LARGE, "email: longer than " + CHARS_MAX + " characters");
    }
    if (!ADDRESS.matcher(address).matches()) {
      throw Fault.invalid("email", "must be one address");
    }
    return address;
  }

  public Status status(Tx tx, AccountId id) {
    EmailStore.Held held = store.find(tx, id);
    EmailStore.Pending pending = store.pending(tx, id);
    return new Status(
        held == null ? "" : held.address(),
        held != null && held.verifiedAt() > 0,
        pending == null || isOver(pending) ? "" : pending.address());
  }

  private boolean isOver(EmailStore.Pending pending) {
    return pending.tries() >= TRIES_MAX || clock.millis() >= pending.expiresAt();
  }

  /// Inside a transaction: where mail to the account's owner goes; null where no address was
  /// verified.
  public @Nullable String verified(Tx tx, AccountId id) {
    EmailStore.Held held = store.find(tx, id);
    return held == null || held.verifiedAt() == 0 ? null : held.address();
  }

  /// Inside a transaction: makes the code that is to be mailed to `address`, in place of the last.
  ///
  /// @throws Fault ALREADY_EXISTS if the address is another account's login name or looks like one,
  ///     or is this one's username; INVALID_FIELD if it is reserved
  public String begin(Tx tx, AccountId id, String address) {
    accounts.requireExists(tx, id);
    requireFree(tx, id, address);
    String code = ("%0" + DIGITS + "d").formatted(entropy.below(CODES));
    long expiresAt = clock.millis() + LIFE.toMillis();
    store.putPending(tx, id, address, hash(id, address, code), expiresAt);
    return code;
  }

  /// Inside a transaction: the address whose code this is becomes the account's, in place of the
  /// one it had. A wrong code is counted by what commits, so the answer has its fault instead of
  /// throwing it: INVALID_FIELD naming `code`; FAILED_PRECONDITION if none was begun, or it is
  /// over.
  ///
  /// @throws Fault ALREADY_EXISTS if the address became another's meanwhile
  public Taken take(Tx tx, AccountId id, String code) {
    EmailStore.Pending pending = store.pending(tx, id);
    if (pending == null || isOver(pending)) {
      return refused(
          Fault.of(
              FaultCode.FAILED_PRECONDITION,
              "no code is waited for, or it is over after "
                  + TRIES_MAX
                  + " tries and "
                  + LIFE.toMinutes()
                  + " minutes: ask for another"));
    }
    String address = pending.address();
    if (!isSame(pending.hash(), hash(id, address, digits(code)))) {
      store.failed(tx, id);
      return refused(Fault.invalid("code", "is not the one that was mailed"));
    }
    accounts.requireExists(tx, id);
    requireFree(tx, id, address);
    String before = verified(tx, id);
    store.deletePending(tx, id);
    store.deleteOthers(tx, id, address);
    if (!aliases.insertAlias(tx, id, AliasKind.EMAIL, address)) {
      aliases.setAlias(tx, AliasKind.EMAIL, address);
    }
    store.verified(tx, id, address, clock.millis());
    renewLooks(tx, id);
    accounts.changed(tx, id);
    return new Taken(null, before, address);
  }

  /// Inside a transaction: the account has no address any more; the answer is the one that it had
  /// and that was verified, or null.
  ///
  /// @throws Fault FAILED_PRECONDITION if it logs in by nothing else
  public @Nullable String remove(Tx tx, AccountId id) {
    String before = verified(tx, id);
    store.deletePending(tx, id);
    store.deleteOthers(tx, id, null);
    if (aliases.names(tx, id).isEmpty()) {
      throw Fault.of(
          FaultCode.FAILED_PRECONDITION, "the account logs in by nothing else: take another first");
    }
    renewLooks(tx, id);
    accounts.changed(tx, id);
    return before;
  }

  private void requireFree(Tx tx, AccountId id, String address) {
    naming.requireUnreserved("email", address);
    AccountStore.Owner owner = aliases.owner(tx, address);
    if (owner != null && (!owner.account().equals(id) || owner.kind() == AliasKind.USERNAME)) {
      throw Fault.of(FaultCode.ALREADY_EXISTS, "email: already taken");
    }
    naming.requireFree(tx, id, "email", address);
  }

  private void renewLooks(Tx tx, AccountId id) {
    looks.delete(tx, id);
    Map<AliasKind, String> names = aliases.names(tx, id);
    names.values().forEach(name -> naming.took(tx, id, name));
  }

  private static Taken refused(Fault fault) {
    return new Taken(fault, null, "");
  }

  /// As it was made, however it was typed.
  private static String digits(String code) {
    return code.length() > 4 * DIGITS ? "" : code.replaceAll("[\\s-]", "");
  }

  private String hash(AccountId id, String address, String code) {
    return HexFormat.of().formatHex(hmac.of(id + "\n" + Folding.fold(address) + '\n' + code));
  }

  private static boolean isSame(String hash, String other) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}
