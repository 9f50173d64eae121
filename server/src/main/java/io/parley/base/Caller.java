package io.parley.base;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who makes a call, from where. Passed explicitly to everything that checks or records it.
///
/// - `accountId`, `sessionId`: null for a caller that has not logged in, and for a trusted program.
/// - `rights`: what the account was granted and has in this session, or what the program was
///   granted.
/// - `address`: the peer's IP address as text, for throttling and the audit log.
/// - `userAgent`: what the client says of itself, at most 200 characters.
/// - `connection`: the live connection that the call came over, 0 for none. Its own messages are
///   not pushed back to it.
/// - `program`: the trusted program that calls, by itself or for an account that it vouches for:
///   `token gw-1`, `address 10.0.0.7`, `command line`. Empty for everybody who came by themselves.
/// - `adminUntil`: epoch milliseconds; the admin right ends then, see [#at].
/// - `dormant`: why rights of the account are not in force in this session; empty where all are.
public record Caller(
    @Nullable AccountId accountId,
    @Nullable SessionId sessionId,
    Set<Right> rights,
    String address,
    String userAgent,
    long connection,
    String program,
    long adminUntil,
    String dormant) {
  private static final String AGED =
      "security.admin_session_hours: the login was too long ago, log in again";

  /// Who came by themselves.
  public Caller(
      @Nullable AccountId accountId,
      @Nullable SessionId sessionId,
      Set<Right> rights,
      String address,
      String userAgent,
      long connection) {
    this(accountId, sessionId, rights, address, userAgent, connection, "", Long.MAX_VALUE, "");
  }

  /// A caller that has shown no token.
  public static Caller anonymous(String address, String userAgent) {
    return new Caller(null, null, Set.of(), address, userAgent, 0);
  }

  /// The same peer, of whom nothing else is known.
  public Caller stranger() {
    return anonymous(address, userAgent);
  }

  /// The account, or [FaultCode#NOT_LOGGED_IN].
  public AccountId requireAccount() {
    if (accountId == null) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "log in first");
    }
    return accountId;
  }

  /// The session, or [FaultCode#NOT_LOGGED_IN].
  public SessionId requireSession() {
    if (sessionId == null) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "log in first");
    }
    return sessionId;
  }

  public boolean has(Right right) {
    return rights.contains(right);
  }

  /// Passes whoever has `right`.
  ///
  /// @throws Fault FORBIDDEN; RIGHT_DORMANT
  public void require(Right right) {
    if (!has(right)) {
      if (!dormant.isEmpty()) {
        throw Fault.of(FaultCode.RIGHT_DORMANT, dormant);
      }
      throw Fault.of(FaultCode.FORBIDDEN, "needs the " + right.word() + " right");
    }
  }

  /// The same caller with what it may do at that time.
  ///
  /// @param now epoch milliseconds
  public Caller at(long now) {
    return now < adminUntil || !has(Right.ADMIN)
        ? this
        : with(without(Right.ADMIN), Long.MAX_VALUE, AGED);
  }

  private Set<Right> without(Right right) {
    return rights.stream().filter(each -> each != right).collect(Collectors.toUnmodifiableSet());
  }

  /// The same caller with these rights.
  public Caller with(Set<Right> granted) {
    return with(granted, Long.MAX_VALUE, "");
  }

  /// The same caller with the rights that a session has.
  public Caller with(Set<Right> inForce, long adminEnds, String why) {
    return new Caller(
        accountId,
        sessionId,
        Set.copyOf(inForce),
        address,
        userAgent,
        connection,
        program,
        adminEnds,
        why);
  }

  /// The same caller, recognised as the trusted program `name`.
  public Caller as(String name, Set<Right> granted) {
    return named(accountId, sessionId, Set.copyOf(granted), connection, name);
  }

  private Caller named(
      @Nullable AccountId account,
      @Nullable SessionId session,
      Set<Right> granted,
      long over,
      String name) {
    return new Caller(
        account, session, granted, address, userAgent, over, name, Long.MAX_VALUE, "");
  }

  /// Somebody else whom this program brings, without its rights: `account`, for which it vouches
  /// without having seen a token, or null for one that has not logged in.
  public Caller vouchingFor(@Nullable AccountId account) {
    String name = program.isEmpty() ? "account " + accountId : program;
    return named(account, null, Set.of(), 0, name);
  }

  /// Whether this is an account that a program vouches for.
  public boolean isVouched() {
    return accountId != null && !program.isEmpty();
  }

  /// The same caller, calling over the live connection `id`.
  public Caller over(long id) {
    return new Caller(
        accountId, sessionId, rights, address, userAgent, id, program, adminUntil, dormant);
  }
}
