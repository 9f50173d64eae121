package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.harness.CoreWorld;
import java.util.List;

/// Conversations between the people of a [CoreWorld].
final class Chats {
  private final CoreWorld world;

  Chats(CoreWorld world) {
    this.world = world;
  }

  /// Says something to one account.
  Posted say(Caller from, Caller to, String text) {
    return send(from, draft(to, text));
  }

  /// Says something in a group.
  Posted say(Caller from, ConversationId group, String text) {
    return send(from, draft(group, text));
  }

  Posted send(Caller from, Draft draft) {
    return world.core().messaging.sendAll(from, List.of(draft)).getFirst();
  }

  static Draft draft(Caller to, String text) {
    return draft(new Target.User(to.requireAccount()), text, "");
  }

  static Draft draft(ConversationId group, String text) {
    return draft(new Target.Group(group), text, "");
  }

  /// `key`: the client message id.
  static Draft draft(Target target, String text, String key) {
    return new Draft(target, List.of(), new Content.Text(text), key);
  }

  /// An answer to the message with that seq.
  static Draft answer(Caller to, long seq) {
    return new Draft(
        new Target.User(to.requireAccount()), List.of(), new Content.Text("so"), "", seq, null);
  }

  /// A new group with these members.
  ConversationId group(Caller owner, Caller... others) {
    ConversationId id = new ConversationId(world.core().platform.ids().next());
    world
        .core()
        .db
        .change(
            tx -> {
              world.core().members.create(tx, id, owner.requireAccount());
              for (Caller other : others) {
                world.core().members.add(tx, id, other.requireAccount(), owner.requireAccount());
              }
            });
    return id;
  }

  void leave(Caller who, ConversationId group) {
    world
        .core()
        .db
        .change(
            tx ->
                world.core().members.remove(tx, group, who.requireAccount(), who.requireAccount()));
  }

  void role(ConversationId group, Caller who, Role role) {
    world
        .core()
        .db
        .change(tx -> world.core().members.setRole(tx, group, who.requireAccount(), role));
  }

  /// Until then, in epoch milliseconds, `who` may not write.
  void mute(ConversationId group, Caller who, long until) {
    world.core().db.change(tx -> world.core().members.mute(tx, group, who.requireAccount(), until));
  }

  void close(ConversationId group, boolean closed) {
    world
        .core()
        .db
        .change(tx -> world.core().members.setClosed(tx, group, closed, new AccountId(1)));
  }

  void block(Caller who, Caller whom) {
    world
        .core()
        .db
        .change(tx -> world.core().blocks.add(tx, who.requireAccount(), whom.requireAccount()));
  }

  void unblock(Caller who, Caller whom) {
    world
        .core()
        .db
        .change(tx -> world.core().blocks.remove(tx, who.requireAccount(), whom.requireAccount()));
  }

  /// What the caller has of a conversation.
  Conversation of(Caller caller, ConversationId id) {
    return world.core().syncing.sync(caller, "", 200).conversations().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// The texts of messages; `-` for those that were taken back.
  static List<String> texts(List<Message> messages) {
    return messages.stream()
        .map(each -> each.content() instanceof Content.Text text ? text.content() : "-")
        .toList();
  }
}
