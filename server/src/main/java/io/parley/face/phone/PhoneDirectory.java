package io.parley.face.phone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.account.Account;
import io.parley.account.Profile;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Page;
import io.parley.social.Friend;
import java.util.ArrayList;
import java.util.List;

/// Finding accounts and groups, and the caller's friends.
final class PhoneDirectory {
  private static final int PAGE = 10;
  private static final int PAGE_MAX = 100_000;

  private final PhoneCore core;

  PhoneDirectory(PhoneCore core) {
    this.core = core;
  }

  /// A phone number finds its account; anything else those whose username contains it. `page`
  /// counts from 0.
  List<ObjectNode> users(Caller caller, String field, String page) {
    caller.requireAccount();
    int at = page(page, 0);
    if (PhoneWire.PHONE.matcher(field).matches()) {
      Account account = at == 0 ? core.accounts().findVisible(field) : null;
      return account == null
          ? List.of()
          : List.of(core.seen(caller, core.accounts().requireProfile(account.id()), true));
    }
    return core.accountSearch().known(caller, field, PAGE, (long) at * PAGE).stream()
        .map(profile -> core.seen(caller, profile, false))
        .toList();
  }

  /// Groups whose name contains `field`. `page` counts from 1.
  List<ObjectNode> groups(Caller caller, String field, String page) {
    Page.Request request = new Page.Request(page(page, 1), PAGE);
    return core.groups().search(caller, field, request).rows().stream()
        .map(PhoneWire::group)
        .toList();
  }

  /// The caller's friends that `field` fits; `all` fits everyone. `page` counts from 0.
  List<ObjectNode> friends(Caller caller, String field, String page) {
    Page.Request request = new Page.Request(page(page, 0) + 1L, PAGE);
    String keyword = field.equals("all") ? "" : field;
    return core.friends().list(caller, keyword, request).rows().stream()
        .map(friend -> shown(caller, friend))
        .toList();
  }

  /// All the caller's friends.
  List<ObjectNode> contacts(Caller caller) {
    List<ObjectNode> all = new ArrayList<>();
    Page<Friend> page;
    String cursor = "";
    do {
      page = core.friends().list(caller, "", new Page.Request(1, 100, cursor));
      page.rows().forEach(friend -> all.add(shown(caller, friend)));
      cursor = page.next();
    } while (!cursor.isEmpty());
    return all;
  }

  /// Asks an account to be friends and shows it, a friend at once or not yet.
  ObjectNode addFriend(Caller caller, String uid) {
    AccountId peer = PhoneWire.account("uid", uid);
    core.friends().request(caller, peer, "");
    return core.seen(caller, core.accounts().requireProfile(peer), false);
  }

  /// Confirms a device.
  ObjectNode confirm(Caller caller, String pushId) {
    AccountId account = caller.requireAccount();
    if (!core.devices().has(account, pushId)) {
      throw Refusal.failure("pushId: no device of this account");
    }
    return core.self(account);
  }

  private ObjectNode shown(Caller caller, Friend friend) {
    Profile profile = core.accounts().requireProfile(friend.account().id());
    return core.seen(caller, profile, false);
  }

  private static int page(String text, int first) {
    try {
      int page = Integer.parseInt(text);
      if (page >= first && page <= PAGE_MAX) {
        return page;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Refusal.failure("page: must be a number from " + first + " to " + PAGE_MAX);
  }
}
