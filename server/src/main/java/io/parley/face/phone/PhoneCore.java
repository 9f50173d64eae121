package io.parley.face.phone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.account.AccountSearch;
import io.parley.account.Accounts;
import io.parley.account.Editing;
import io.parley.account.Profile;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.device.Devices;
import io.parley.group.Groups;
import io.parley.invite.Invites;
import io.parley.media.Media;
import io.parley.messaging.Messaging;
import io.parley.session.Sessions;
import io.parley.social.Friends;
import io.parley.social.Relation;

/// Whom this contract speaks for, and how it shows an account.
public record PhoneCore(
    Accounts accounts,
    Editing editing,
    AccountSearch accountSearch,
    Sessions sessions,
    Friends friends,
    Invites invites,
    Groups groups,
    Media media,
    Messaging messaging,
    Devices devices,
    Envelope dates) {

  /// The caller's own account.
  ObjectNode self(AccountId id) {
    return PhoneWire.account(ownView(id), dates);
  }

  private PhoneWire.View ownView(AccountId id) {
    return new PhoneWire.View(
        accounts.requireProfile(id), "", false, true, friends.count(id), devices.any(id));
  }

  /// Another account, or the caller's own, as the caller sees it. A phone number is shown to
  /// friends and to whoever found the account by it.
  ObjectNode seen(Caller caller, Profile profile, boolean foundByPhone) {
    AccountId id = profile.account().id();
    if (id.equals(caller.accountId())) {
      return PhoneWire.user(ownView(id), dates);
    }
    Relation relation = friends.relation(caller, id);
    return PhoneWire.user(
        new PhoneWire.View(
            profile,
            relation.remark(),
            relation.friend(),
            foundByPhone || relation.confirmed(),
            friends.count(id),
            false),
        dates);
  }
}
