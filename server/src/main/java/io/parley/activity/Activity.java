package io.parley.activity;

import io.parley.base.AccountId;
import java.util.List;

/// An entry of an account's activity list.
///
/// @param id grows with each act, over all accounts: newer ones are above older ones
/// @param at when somebody did it last, epoch milliseconds
/// @param acts how many did it, 1 or more
/// @param actors who did it, newest first; those that are not named are counted in `acts`. Empty
///     where nobody is named: an operator, or accounts that are gone
/// @param excerpt how the account's own post or comment begins that it is about; empty for all
///     else, and where it is not read
public record Activity(
    long id, About about, long at, long acts, List<AccountId> actors, String excerpt) {
  Activity(long id, About about, long at, long acts, List<AccountId> actors) {
    this(id, about, at, acts, actors, "");
  }
}
