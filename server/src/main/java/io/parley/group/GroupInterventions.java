package io.parley.group;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.base.Slice;
import io.parley.messaging.Members;
import io.parley.messaging.Role;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.util.List;

/// Groups as operators see and change them: all of them, whoever is in. Each act commits together
/// with its entry in the audit log.
public final class GroupInterventions {
  private static final int KEYWORD_CHARS_MAX = 128;

  private final Db db;
  private final GroupSearch searching;
  private final Members members;
  private final Groups groups;
  private final Roster roster;
  private final Audit audit;
  private final GroupStore store = new GroupStore();

  /// What groups are read with.
  public record Reads(Db db, Scans scans) {}

  public GroupInterventions(
      Reads reads, Members members, Groups groups, Roster roster, Audit audit) {
    this.db = reads.db();
    this.searching = new GroupSearch(reads.scans());
    this.members = members;
    this.groups = groups;
    this.roster = roster;
    this.audit = audit;
  }

  /// Groups with that id or whose name contains `keyword` (case-folded; empty: all), newest first,
  /// closed ones too, as many of them as the search comes to: `next` goes on from there.
  ///
  /// @throws Fault TOO_LARGE; INVALID_FIELD for a cursor of another list; BUSY as [Scans#read]
  public Slice<GroupView> list(Caller caller, String keyword, Slice.Request part) {
    if (keyword.length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
    return searching.run(
        caller,
        part,
        (tx, below, floor, limit) ->
            store.listForOperators(tx, keyword, below, floor, limit).stream()
                .map(group -> view(tx, group))
                .toList());
  }

  /// Groups above `above`, oldest first: for reading all of them.
  public List<GroupView> after(long above, int rows) {
    return db.read(
        tx -> store.after(tx, above, rows).stream().map(group -> view(tx, group)).toList());
  }

  /// @throws Fault NOT_FOUND
  public GroupView require(ConversationId id) {
    return db.read(tx -> view(tx, groups.requireIn(tx, id)));
  }

  /// The owner, then admins, then the others as they came.
  ///
  /// @throws Fault NOT_FOUND
  public Page<GroupMember> members(ConversationId id, Page.Request page) {
    return db.read(
        tx -> {
          groups.requireIn(tx, id);
          return roster.listIn(tx, id, page);
        });
  }

  /// Dissolves a group. Its members keep what was sent.
  ///
  /// @throws Fault NOT_FOUND; INVALID_FIELD or TOO_LARGE naming `reason`
  public void dissolve(Caller operator, ConversationId id, String reason) {
    Audit.requireReason("reason", reason);
    db.change(
        tx -> {
          Group group = groups.requireIn(tx, id);
          AccountId actor = operator.accountId();
          groups.dissolve(tx, group, actor == null ? group.owner() : actor);
          audit.record(tx, operator, "group.dissolve", "group " + id, group.name() + ": " + reason);
        });
  }

  /// Takes a member out.
  ///
  /// @throws Fault NOT_FOUND (no such group or member); FAILED_PRECONDITION for the owner;
  ///     TOO_LARGE
  public void remove(Caller operator, ConversationId id, AccountId account, String reason) {
    Audit.reason("reason", reason);
    db.change(
        tx -> {
          Role role = requireRole(tx, id, account);
          if (role == Role.OWNER) {
            throw Fault.of(
                FaultCode.FAILED_PRECONDITION,
                "user_id: the owner cannot be taken out; dissolve the group");
          }
          roster.remove(tx, id, account, null);
          audit.record(
              tx,
              operator,
              "group.remove_member",
              "group " + id,
              "account " + account + ": " + reason);
        });
  }

  /// Forbids a member, whatever its role, to write for `seconds` from now; 0 allows it again.
  ///
  /// @throws Fault NOT_FOUND (no such group or member); INVALID_FIELD, TOO_LARGE
  public void mute(
      Caller operator, ConversationId id, AccountId account, long seconds, String reason) {
    Audit.reason("reason", reason);
    db.change(
        tx -> {
          requireRole(tx, id, account);
          roster.muteIn(tx, id, account, seconds);
          audit.record(
              tx,
              operator,
              "group.mute_member",
              "group " + id,
              "account " + account + " for " + seconds + " s: " + reason);
        });
  }

  /// The groups that an account is in, latest joined first.
  public Page<GroupView> of(AccountId account, Page.Request page) {
    return db.read(
        tx ->
            Page.of(
                page,
                members.groups(tx, account, page),
                row -> new long[] {row.at(), row.group().value()},
                row -> {
                  Group group = store.find(tx, row.group());
                  return group == null ? null : view(tx, group);
                },
                members.groupCount(tx, account)));
  }

  private Role requireRole(Tx tx, ConversationId id, AccountId account) {
    groups.requireIn(tx, id);
    Role role = members.role(tx, id, account);
    if (role == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "user_id: not a member");
    }
    return role;
  }

  private GroupView view(Tx tx, Group group) {
    return new GroupView(
        group, members.count(tx, group.id()), null, members.closed(tx, group.id()));
  }
}
