package io.parley.messaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.Ids;
import io.parley.base.MessageId;
import io.parley.base.Page;
import io.parley.bus.Audience;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Db;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a member has of a conversation besides its messages: how it wants it, who has read what,
/// who is writing.
public final class Conversations {
  private static final int TYPING_KNOWN_MAX = 100_000;
  private static final Duration TYPING = Duration.ofSeconds(3);

  private record Typist(ConversationId conversation, AccountId account) {}

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final ChatStore store = new ChatStore();
  private final Memberships memberships;
  private final Noticing noticing = new Noticing();
  private final Cache<Typist, Long> typing =
      Caffeine.newBuilder().maximumSize(TYPING_KNOWN_MAX).build();

  public Conversations(Platform platform) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.memberships = new Memberships(clock);
  }

  /// Sets what the caller wants of a conversation. `hidden` holds until there is a new message.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void set(Caller caller, ConversationId id, Conversation.Settings settings) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, account);
          long hidden = settings.hidden() ? membership.visibleSeq() : -1;
          store.set(tx, id, account, settings, hidden, ids.next());
        });
  }

  /// Who has read a message, its sender not counted, in the order of their ids: of those who were
  /// members when it was sent, and whom the caller may notice.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Page<AccountId> readers(Caller caller, MessageId id, Page.Request page) {
    AccountId account = caller.requireAccount();
    return db.read(
        tx -> {
          Message message = memberships.requireMessage(tx, id, account).message();
          return Page.of(
              page,
              store.readers(tx, message, account, page),
              reader -> new long[] {reader.value()},
              reader -> reader,
              store.readerCount(tx, message, account));
        });
  }

  /// Tells the other members that the caller is writing; not stored, at most once in 3 s.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void typing(Caller caller, ConversationId id) {
    AccountId account = caller.requireAccount();
    Typist typist = new Typist(id, account);
    long now = clock.nanos();
    Long last = typing.getIfPresent(typist);
    if (last != null && now - last < TYPING.toNanos()) {
      return;
    }
    @Nullable Audience audience =
        db.read(
            tx -> {
              Membership found = memberships.requireReader(tx, id, account);
              memberships.requireMayWrite(tx, found);
              return noticing.audience(tx, found, account);
            });
    typing.put(typist, now);
    if (audience != null) {
      bus.publish(new Event.Typing(id, account, audience));
    }
  }
}
