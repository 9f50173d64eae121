package io.parley.base;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who makes a call, from where. Passed explicitly to everything that checks or records it.
///
/// - `accountId`, `sessionId`: null for a caller that has not logged in, and for a trusted program.
/// - `rights`: what the account was granted, or the program.
/// - `address`: the peer's IP address as text, for throttling and the audit log.
/// - `userAgent`: what the client says of itself, at most 200 characters.
/// - `connection`: the live connection that the call came over, 0 for none. Its own messages are
///   not pushed back to it.
/// - `program`: the trusted program that calls, by itself or for an account that it vouches for:
///   `token gw-1`, `address 10.0.0.7`, `command line`. Empty for everybody who came by themselves.
public record Caller(
    @Nullable AccountId accountId,
    @Nullable SessionId sessionId,
    Set<Right> rights,
    String address,
    String userAgent,
    long connection,
    String program) {

  /// Who came by themselves.
  public Caller(
      @Nullable AccountId accountId,
      @Nullable SessionId sessionId,
      Set<Right> rights,
      String address,
      String userAgent,
      long connection) {
    this(accountId, sessionId, rights, address, userAgent, connection, "");
  }

  /// A caller that has shown no token.
  public static Caller anonymous(String address, String userAgent) {
    return new Caller(null, null, Set.of(), address, userAgent, 0);
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
  /// @throws Fault FORBIDDEN
  public void require(Right right) {
    if (!has(right)) {
      throw Fault.of(FaultCode.FORBIDDEN, "needs the " + right.word() + " right");
    }
  }

  /// The same caller with `more` as its rights.
  public Caller with(Set<Right> more) {
    return new Caller(
        accountId, sessionId, Set.copyOf(more), address, userAgent, connection, program);
  }

  /// The same caller, recognised as the trusted program `name`.
  public Caller as(String name, Set<Right> granted) {
    return new Caller(
        accountId, sessionId, Set.copyOf(granted), address, userAgent, connection, name);
  }

  /// Somebody else whom this program brings, without its rights: `account`, for which it vouches
  /// without having seen a token, or null for one that has not logged in.
  public Caller vouchingFor(@Nullable AccountId account) {
    String name = program.isEmpty() ? "account " + accountId : program;
    return new Caller(account, null, Set.of(), address, userAgent, 0, name);
  }

  /// Whether this is an account that a program vouches for.
  public boolean isVouched() {
    return accountId != null && !program.isEmpty();
  }

  /// The same caller, calling over the live connection `id`.
  public Caller over(long id) {
    return new Caller(accountId, sessionId, rights, address, userAgent, id, program);
  }
}
