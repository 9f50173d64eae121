package io.parley.audit;

/// One act of an operator.
///
/// @param id in the order of acts
/// @param at epoch milliseconds
/// @param operator the account that acted; 0 for programs
/// @param act dotted, e.g. `account.disable`
/// @param target a kind and an id or name, e.g. `account 12`
/// @param details the reason and what else matters, at most 1,000 characters; never a secret
/// @param address the operator's IP address; empty where it is not known
/// @param program the trusted program that acted or vouched for the operator, see
///     [io.parley.base.Caller]; empty where an account acted by itself
public record Entry(
    long id,
    long at,
    long operator,
    String act,
    String target,
    String details,
    String address,
    String program) {

  /// Which entries are wanted. Empty texts and zeros ask for all.
  ///
  /// @param act an act, or the part of it before the dot
  /// @param from,until epoch milliseconds, `until` exclusive
  public record Filter(long operator, String act, String target, long from, long until) {
    public static final Filter ALL = new Filter(0, "", "", 0, 0);
  }
}
