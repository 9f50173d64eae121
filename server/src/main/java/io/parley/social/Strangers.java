package io.parley.social;

import io.parley.base.AccountId;
import io.parley.messaging.Requests;
import io.parley.store.Tx;

/// Who is a stranger to whom: whoever is no friend.
public record Strangers(Friends friends) implements Requests.Acquaintance {
  @Override
  public boolean areFriends(Tx tx, AccountId one, AccountId other) {
    return friends.areFriends(tx, one, other);
  }

  @Override
  public boolean takesStrangers(Tx tx, AccountId account) {
    return friends.privacyIn(tx, account).messages() == Privacy.MessagePolicy.EVERYBODY;
  }
}
