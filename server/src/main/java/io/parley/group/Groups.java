package io.parley.group;

import io.parley.account.Accounts;
import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.messaging.Members;
import io.parley.messaging.Role;
import io.parley.store.Db;
import io.parley.store.Tx;

/// Creates groups and lets accounts in.
public final class Groups {
  /// What groups stand on.
  public record Engines(Db db, Ids ids, Clock clock) {}

  private static final int NAME_CODE_POINTS_MAX = 64;
  private static final int INTRODUCTION_CHARS_MAX = 1000;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Accounts accounts;
  private final Members members;
  private final Limits limits;
  private final GroupStore store = new GroupStore();

  public Groups(Engines engines, Accounts accounts, Members members, Limits limits) {
    this.db = engines.db();
    this.ids = engines.ids();
    this.clock = engines.clock();
    this.accounts = accounts;
    this.members = members;
    this.limits = limits;
  }

  /// Creates a group that the caller owns.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field; QUOTA
  public Group create(Caller caller, String name, String introduction, String avatarUrl) {
    AccountId owner = caller.requireAccount();
    Names.require("name", name, NAME_CODE_POINTS_MAX);
    requireLength("introduction", introduction, INTRODUCTION_CHARS_MAX);
    requireLength("avatar_url", avatarUrl, limits.urlCharsMax());
    long now = clock.millis();
    Group group =
        new Group(
            new ConversationId(ids.next()),
            name,
            introduction,
            avatarUrl,
            "",
            owner,
            now,
            now,
            null);
    return db.write(
        tx -> {
          store.insert(tx, group);
          members.create(tx, group.id(), owner);
          return group;
        });
  }

  /// @throws Fault NOT_FOUND
  public Group require(ConversationId id) {
    return db.read(tx -> requireIn(tx, id));
  }

  /// Lets `account` in: the caller itself, or anybody whom the owner or an admin brings. Joining
  /// twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND, NO_SUCH_ACCOUNT, FORBIDDEN, QUOTA
  public void join(Caller caller, ConversationId id, AccountId account) {
    AccountId self = caller.requireAccount();
    db.write(
        tx -> {
          requireIn(tx, id);
          if (!account.equals(self)) {
            Role role = members.role(tx, id, self);
            if (role == null || !role.moderates()) {
              throw Fault.of(FaultCode.FORBIDDEN, "only the owner or an admin may bring others in");
            }
            accounts.requireExists(tx, account);
          }
          members.add(tx, id, account);
          return id;
        });
  }

  private Group requireIn(Tx tx, ConversationId id) {
    Group group = store.find(tx, id);
    if (group == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "no group " + id);
    }
    return group;
  }

  private static void requireLength(String field, String value, int charsMax) {
    if (value.length() > charsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": longer than " + charsMax + " characters");
    }
  }
}
