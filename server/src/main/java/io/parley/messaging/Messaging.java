package io.parley.messaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.bus.Audience;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.media.Media;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends messages and reads conversations.
///
/// A send is one operation of the one writer: find or make the conversation, check that the sender
/// may write, look for an earlier try with the same client message id, take the next seq, insert.
/// Everything is decided inside that transaction, so nothing can change between the check and the
/// commit. After the commit the message is announced, then the sender answered.
public final class Messaging {
  /// Who else has a say in a send.
  public record Guards(Blocks blocks, Media media) {}

  private record Pair(AccountId low, AccountId high) {
    static Pair of(AccountId one, AccountId other) {
      return one.value() <= other.value() ? new Pair(one, other) : new Pair(other, one);
    }
  }

  /// Messages that are answered to whoever names no number.
  static final int HISTORY = 50;

  private static final int PAIRS_MAX = 200_000;

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final Accounts accounts;
  private final Blocks blocks;
  private final Media media;
  private final MessageEncoder encoder;
  private final ContentRules rules;
  private final ConversationStore conversations = new ConversationStore();
  private final MessageStore messages = new MessageStore();
  private final ChatStore chats = new ChatStore();
  private final Memberships memberships;
  private final Noticing noticing = new Noticing();

  /// Conversations of two that are committed: they never change or go.
  private final Cache<Pair, ConversationId> pairs =
      Caffeine.newBuilder().maximumSize(PAIRS_MAX).build();

  public Messaging(
      Platform platform, Accounts accounts, Guards guards, MessageEncoder encoder, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.blocks = guards.blocks();
    this.media = guards.media();
    this.encoder = encoder;
    this.limits = limits;
    this.rules = new ContentRules(limits);
    this.memberships = new Memberships(clock);
  }

  /// Sends. Returns at once; `completion` hears when the message is on disk. Sends of one thread
  /// are stored in the order they are made.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field, NOT_LOGGED_IN, BUSY; later, through
  ///     `completion`, NO_SUCH_ACCOUNT, NOT_FOUND (no such group), FORBIDDEN (not a member)
  public void send(Caller caller, Draft draft, Completion<Posted> completion) {
    AccountId sender = caller.requireAccount();
    check(draft);
    long origin = caller.connection();
    // Here, not in the operation: the one writer has other things to do.
    String folded = Searched.column(draft.content());
    db.submit(tx -> append(tx, sender, origin, draft, folded), completion);
  }

  /// Sends several in their order, all or none. Blocks until they are on disk.
  ///
  /// @throws Fault as [#send], for the first that cannot be sent
  public List<Posted> sendAll(Caller caller, List<Draft> drafts) {
    AccountId sender = caller.requireAccount();
    drafts.forEach(this::check);
    long origin = caller.connection();
    List<Checked> checked =
        drafts.stream().map(draft -> new Checked(draft, Searched.column(draft.content()))).toList();
    return db.write(
        tx ->
            checked.stream()
                .map(each -> append(tx, sender, origin, each.draft(), each.folded()))
                .toList());
  }

  /// Messages of one conversation, ascending. Both bounds are exclusive. With `afterSeq` the oldest
  /// `limit` above it; without, the newest `limit` below `beforeSeq`, or of all.
  ///
  /// @param limit 0 for 50; more than `limits.history_max` is that
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public List<Message> history(
      Caller caller,
      ConversationId id,
      @Nullable Long afterSeq,
      @Nullable Long beforeSeq,
      int limit) {
    AccountId reader = caller.requireAccount();
    int rows = Slice.rows(limit, Messaging.HISTORY, limits.historyMax());
    return db.read(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, reader);
          long below = membership.visibleSeq() + 1;
          if (beforeSeq != null && beforeSeq >= 0) {
            below = Math.min(below, beforeSeq);
          }
          List<Message> page =
              afterSeq != null
                  ? messages.oldest(
                      tx, membership, afterSeq < 0 ? Long.MAX_VALUE : afterSeq, below, rows)
                  : messages.newest(tx, membership, below, rows);
          return chats.withReactions(tx, page);
        });
  }

  /// Moves the caller's read mark forward to `seq`, at most to the newest message; never back.
  /// Tells the members.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void markRead(Caller caller, ConversationId id, long seq) {
    AccountId reader = caller.requireAccount();
    db.change(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, reader);
          long mark = seq < 0 ? membership.visibleSeq() : Math.min(seq, membership.visibleSeq());
          if (mark > membership.readSeq()) {
            Audience audience = noticing.audience(tx, membership, reader);
            conversations.setRead(tx, id, reader, mark, ids.next());
            if (audience != null) {
              conversations.setTold(tx, id, reader, mark);
              tx.afterCommit(() -> bus.publish(new Event.ReadMarked(id, mark, reader, audience)));
            }
          }
        });
  }

  /// Takes a message's content back: by its sender within `limits.recall_window_s`, or by a group's
  /// owner or admin at any time. Recalling twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN, FAILED_PRECONDITION once the time is over
  public void recall(Caller caller, MessageId id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Memberships.Found found = memberships.requireMessage(tx, id, account);
          Message message = found.message();
          Membership membership = found.membership();
          requireMayRecall(account, membership, message);
          if (!message.recalled()) {
            messages.recall(tx, id);
            chats.removeReactions(tx, message.conversation(), message.seq());
            chats.changed(tx, message.conversation(), message.seq(), ids.next());
            Audience audience = membership.audience();
            tx.afterCommit(
                () ->
                    bus.publish(
                        new Event.MessageRecalled(
                            message.conversation(), message.seq(), id, audience)));
          }
        });
  }

  private void check(Draft draft) {
    rules.check(draft.content());
    String key = draft.clientMessageId();
    if (key.length() > limits.clientMessageIdCharsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE,
          "client_message_id: longer than " + limits.clientMessageIdCharsMax() + " characters");
    }
    if (key.indexOf('\0') >= 0) {
      throw Fault.invalid("client_message_id", "must not contain U+0000");
    }
    if (draft.mentions().size() > limits.mentionsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "at_user_id: more than " + limits.mentionsMax() + " accounts");
    }
  }

  /// A draft and what it is searched by.
  private record Checked(Draft draft, @Nullable String folded) {}

  private Posted append(
      Tx tx, AccountId sender, long origin, Draft draft, @Nullable String folded) {
    if (!draft.clientMessageId().isEmpty()) {
      Posted earlier = messages.findSent(tx, sender, draft.clientMessageId());
      if (earlier != null) {
        return earlier;
      }
    }
    return switch (draft.target()) {
      case Target.User(AccountId peer) -> {
        Pair pair = Pair.of(sender, peer);
        ConversationId id = conversationOf(tx, pair);
        var both = new Audience.Pair(pair.low(), pair.high());
        yield post(tx, new Place(id, both, false, folded), sender, draft, origin);
      }
      case Target.Group(ConversationId id) -> {
        Membership membership = memberships.requireSender(tx, id, sender);
        boolean moderates = membership.role().moderates();
        yield post(
            tx, new Place(id, membership.audience(), moderates, folded), sender, draft, origin);
      }
    };
  }

  /// Where a message goes. `moderates`: the sender may write even if the conversation is closed;
  /// `folded`: what it is searched by there.
  private record Place(
      ConversationId id, Audience audience, boolean moderates, @Nullable String folded) {}

  private Posted post(Tx tx, Place place, AccountId sender, Draft draft, long origin) {
    ConversationId id = place.id();
    Audience audience = place.audience();
    long now = clock.millis();
    MessageId messageId = new MessageId(ids.next());
    Long seq = conversations.nextSeq(tx, id, place.moderates(), messageId.value(), now);
    if (seq == null) {
      throw Fault.of(
          FaultCode.FORBIDDEN,
          audience instanceof Audience.Pair
              ? "this account takes no messages from the caller"
              : "only the owner and admins may write in this group now");
    }
    if (draft.replyTo() < 0 || draft.replyTo() >= seq) {
      throw Fault.invalid("reply_to_seq", "no such message in this conversation");
    }
    Message message = new Message(messageId, id, seq, sender, draft, now);
    draft.content().uploads().forEach((field, url) -> media.attach(tx, sender, id, field, url));
    messages.insert(tx, message, draft.content(), place.folded());
    tx.afterCommit(() -> bus.publish(encoder.posted(message, audience, origin)));
    return new Posted(messageId, id, seq, now);
  }

  private ConversationId conversationOf(Tx tx, Pair pair) {
    ConversationId known = pairs.getIfPresent(pair);
    if (known != null) {
      return known;
    }
    ConversationId stored = conversations.findPair(tx, pair.low(), pair.high());
    ConversationId id = stored != null ? stored : create(tx, pair);
    tx.afterCommit(() -> pairs.put(pair, id));
    return id;
  }

  private ConversationId create(Tx tx, Pair pair) {
    accounts.requireExists(tx, pair.low());
    accounts.requireExists(tx, pair.high());
    ConversationId id = new ConversationId(ids.next());
    long now = clock.millis();
    conversations.insert(
        tx, id, pair.low(), pair.high(), blocks.closed(tx, pair.low(), pair.high()), now);
    Membership membership = new Membership(id, pair.low(), pair.high(), 0, Role.MEMBER, 0, null, 0);
    conversations.putMember(tx, membership, pair.low(), id.value(), now);
    if (!pair.low().equals(pair.high())) {
      conversations.putMember(tx, membership, pair.high(), id.value(), now);
    }
    return id;
  }

  private void requireMayRecall(AccountId account, Membership membership, Message message) {
    if (membership.active() && membership.role().moderates()) {
      return;
    }
    if (!message.sender().equals(account)) {
      throw Fault.of(FaultCode.FORBIDDEN, "only its sender may take a message back");
    }
    if (clock.millis() - message.createdAt() > limits.recallWindowS() * 1000L) {
      throw Fault.of(
          FaultCode.FAILED_PRECONDITION,
          "limits.recall_window_s = " + limits.recallWindowS() + " s are over");
    }
  }
}
