package io.parley.messaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.bus.Audience;
import io.parley.media.Media;
import io.parley.platform.Platform;
import io.parley.store.Together;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Stores messages, as many at a time as come together, and announces each once it is on disk.
///
/// First it reads what decides about all of them: earlier tries under the same client message ids,
/// the conversations, which nobody else can change from then on, and the places of the senders.
/// Then each is decided in turn, as if the ones before it were stored; a seq is given only to what
/// will be. Then all is written.
///
/// Several servers do this at the same time. Places, blocks, accounts and uploads are changed by
/// nobody meanwhile; a conversation of two that both make, and a message that both store under one
/// client message id, are stopped by their unique keys and found by the next try.
final class Sending implements Together<Sending.Item, Posted> {
  /// @param origin the connection that it came over, 0 for none
  /// @param folded what it is searched by: [Searched#column]
  record Item(AccountId sender, long origin, Draft draft, @Nullable String folded) {
    @Nullable SentKey key() {
      return draft.clientMessageId().isEmpty()
          ? null
          : new SentKey(sender, draft.clientMessageId());
    }
  }

  /// A client message id: the same sender never stores two messages under one.
  record SentKey(AccountId sender, String clientMessageId) {}

  private record Pair(AccountId low, AccountId high) implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
        Comparator.comparingLong((Pair each) -> each.low().value())
            .thenComparingLong(each -> each.high().value());

    static Pair of(AccountId one, AccountId other) {
      return one.value() <= other.value() ? new Pair(one, other) : new Pair(other, one);
    }

    AccountId other(AccountId one) {
      return one.equals(low) ? high : low;
    }

    @Override
    public int compareTo(Pair other) {
      return ORDER.compare(this, other);
    }
  }

  private static final int PAIRS_MAX = 200_000;

  /// The place of what was sent before, which nobody asks for.
  private static final Outcome<ConversationId> AS_BEFORE = new Outcome<>(null, null);

  private final Ids ids;
  private final Clock clock;
  private final Accounts accounts;
  private final Blocks blocks;
  private final Media media;
  private final Requests requests;
  private final Appending appending;
  private final ConversationStore conversations = new ConversationStore();
  private final MessageStore messages = new MessageStore();
  private final Memberships memberships;

  /// Conversations of two that are committed: they never change or go.
  private final Cache<Pair, ConversationId> pairs =
      Caffeine.newBuilder().maximumSize(PAIRS_MAX).build();

  Sending(Platform platform, Accounts accounts, Messaging.Guards guards, MessageEncoder encoder) {
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.blocks = guards.blocks();
    this.media = guards.media();
    this.requests = guards.requests();
    this.appending = new Appending(platform, encoder);
    this.memberships = new Memberships(platform.clock());
  }

  @Override
  public boolean sharesTurn() {
    return true;
  }

  @Override
  public List<Outcome<Posted>> run(Tx tx, List<Item> items) {
    Batch batch = new Batch(tx, items);
    List<Outcome<Posted>> outcomes = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      outcomes.add(batch.decide(items.get(i), batch.places.get(i)));
    }
    batch.write();
    return outcomes;
  }

  /// What is read for some messages, and what becomes of them.
  private final class Batch {
    private final Tx tx;
    private final Map<SentKey, Posted> sent = new HashMap<>();

    /// Of each item, in their order.
    private final List<Outcome<ConversationId>> places = new ArrayList<>();

    private final Map<ConversationId, Head> heads = new HashMap<>();
    private final Map<Seat, Membership> seats;
    private final List<MessageStore.Row> rows = new ArrayList<>();

    Batch(Tx tx, List<Item> items) {
      this.tx = tx;
      List<SentKey> keys = new ArrayList<>();
      for (Item item : items) {
        SentKey key = item.key();
        if (key != null) {
          keys.add(key);
        }
      }
      messages.findSent(tx, keys, sent::put);
      SortedMap<Pair, AccountId> senders = new TreeMap<>();
      for (Item item : items) {
        if (!sent.containsKey(item.key())
            && item.draft().target() instanceof Target.User(AccountId peer)) {
          senders.putIfAbsent(Pair.of(item.sender(), peer), item.sender());
        }
      }
      Map<Pair, Outcome<ConversationId>> pairs = conversationsOf(tx, senders);
      TreeSet<Long> touched = new TreeSet<>();
      List<Seat> wanted = new ArrayList<>();
      for (Item item : items) {
        Outcome<ConversationId> place =
            sent.containsKey(item.key()) ? AS_BEFORE : place(item, pairs);
        places.add(place);
        ConversationId id = place.value();
        if (id != null) {
          touched.add(id.value());
          if (item.draft().target() instanceof Target.Group) {
            wanted.add(new Seat(id, item.sender()));
          }
        }
      }
      for (Head head : conversations.hold(tx, touched)) {
        heads.put(head.id(), head);
        // Ids grow with the seqs, whichever server stored the last one.
        ids.startAbove(head.changed());
      }
      seats = conversations.memberships(tx, wanted);
    }

    private Outcome<ConversationId> place(Item item, Map<Pair, Outcome<ConversationId>> pairs) {
      return switch (item.draft().target()) {
        case Target.User(AccountId peer) ->
            Objects.requireNonNull(pairs.get(Pair.of(item.sender(), peer)));
        case Target.Group(ConversationId id) -> Outcome.of(id);
      };
    }

    Outcome<Posted> decide(Item item, Outcome<ConversationId> place) {
      Posted earlier = item.key() == null ? null : sent.get(item.key());
      if (earlier != null) {
        return Outcome.of(earlier);
      }
      try {
        return Outcome.of(take(item, place.require()));
      } catch (Fault refused) {
        return Outcome.refused(refused);
      }
    }

    private Posted take(Item item, ConversationId id) {
      Head head = heads.get(id);
      boolean moderates = false;
      if (item.draft().target() instanceof Target.Group) {
        Membership membership = seats.get(new Seat(id, item.sender()));
        memberships.requireSender(id, membership, head != null && !head.secret());
        moderates = membership != null && membership.role().moderates();
      }
      if (head == null) {
        throw Fault.of(FaultCode.NOT_FOUND, "no conversation " + id);
      }
      requireOpen(head, moderates);
      Draft draft = item.draft();
      if (draft.replyTo() < 0 || draft.replyTo() > head.lastSeq()) {
        throw Fault.invalid("reply_to_seq", "no such message in this conversation");
      }
      attach(item, id);
      AccountId asker = head.asker();
      if (asker != null && !asker.equals(item.sender())) {
        requests.accept(tx, id, item.sender(), asker);
        head = head.accepted();
      }
      MessageStore.Row row = appending.next(tx, head, item);
      Message message = row.message();
      heads.put(id, head.moved(message));
      rows.add(row);
      Posted posted = new Posted(message.id(), id, message.seq(), message.createdAt());
      if (item.key() != null) {
        sent.put(item.key(), posted);
      }
      return posted;
    }

    private void attach(Item item, ConversationId id) {
      Map<String, String> uploads = item.draft().content().uploads();
      if (!uploads.isEmpty()) {
        // Of several, one may be refused after another was shared.
        tx.attempt(
            change ->
                uploads.forEach(
                    (field, url) -> media.attach(change, item.sender(), id, field, url)));
      }
    }

    void write() {
      appending.write(tx, heads.values().stream().filter(Head::hasMoved).toList(), rows);
    }
  }

  private static void requireOpen(Head head, boolean moderates) {
    if (head.closed() > (moderates ? 1 : 0)) {
      throw Fault.of(
          FaultCode.FORBIDDEN,
          head.audience() instanceof Audience.Pair
              ? "this account takes no messages from the caller"
              : "only the owner and admins may write in this group now");
    }
  }

  /// The conversations of pairs, those that there are not made; in one order, so that two who make
  /// several do not wait for each other.
  ///
  /// @param senders of each pair the one that would begin it
  private Map<Pair, Outcome<ConversationId>> conversationsOf(
      Tx tx, SortedMap<Pair, AccountId> senders) {
    Map<Pair, Outcome<ConversationId>> all = new HashMap<>();
    SortedMap<Pair, AccountId> fresh = new TreeMap<>();
    senders.forEach(
        (pair, sender) -> {
          ConversationId known = find(tx, pair);
          if (known != null) {
            all.put(pair, Outcome.of(known));
          } else {
            fresh.put(pair, sender);
          }
        });
    requests.hold(tx, fresh.values());
    fresh.forEach((pair, sender) -> all.put(pair, begin(tx, pair, sender)));
    return all;
  }

  private @Nullable ConversationId find(Tx tx, Pair pair) {
    ConversationId known = pairs.getIfPresent(pair);
    if (known != null) {
      return known;
    }
    ConversationId stored = conversations.findPair(tx, pair.low(), pair.high());
    if (stored != null) {
      tx.afterCommit(() -> pairs.put(pair, stored));
    }
    return stored;
  }

  private Outcome<ConversationId> begin(Tx tx, Pair pair, AccountId sender) {
    try {
      ConversationId id = create(tx, pair, sender, pair.other(sender));
      tx.afterCommit(() -> pairs.put(pair, id));
      return Outcome.of(id);
    } catch (Fault refused) {
      return Outcome.refused(refused);
    }
  }

  private ConversationId create(Tx tx, Pair pair, AccountId sender, AccountId peer) {
    accounts.requireExists(tx, pair.low());
    accounts.requireExists(tx, pair.high());
    boolean request = requests.isAsking(tx, sender, peer);
    ConversationId id = new ConversationId(ids.next());
    long now = clock.millis();
    conversations.insert(
        tx, id, pair.low(), pair.high(), blocks.closed(tx, pair.low(), pair.high()), now);
    Membership membership = new Membership(id, pair.low(), pair.high(), 0, Role.MEMBER, 0, null, 0);
    conversations.putMember(tx, membership, pair.low(), id.value(), now);
    if (!pair.low().equals(pair.high())) {
      conversations.putMember(tx, membership, pair.high(), id.value(), now);
    }
    if (request) {
      requests.begin(tx, id, peer, sender);
    }
    return id;
  }
}
