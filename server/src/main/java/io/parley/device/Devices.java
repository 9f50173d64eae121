package io.parley.device;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Entropy;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.SessionId;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Binds devices, tells what one of them has not acknowledged, takes its acknowledgements.
public final class Devices {
  /// Messages that a device bound for the first time is pushed at most.
  private static final int FIRST_MESSAGES_MAX = 1000;

  private static final int NOTICES_MAX = 200;

  /// Conversations that one read of a backlog looks at.
  private static final int STRETCH = 1000;
  private static final int PUSH_ID_BYTES = 16;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Entropy entropy;
  private final Limits limits;
  private final DeviceStore store = new DeviceStore();

  public Devices(Platform platform, Limits limits) {
    this.db = platform.db();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.entropy = platform.entropy();
    this.limits = limits;
  }

  /// The caller's device of that name, or with an empty name the one that its session bound last;
  /// where there is none, a new one. Of more than `limits.devices_per_account_max` the one bound
  /// longest ago is forgotten.
  ///
  /// A new device starts with the messages that no other of the account has acknowledged, the
  /// newest 1,000 at most.
  ///
  /// @param again whether a device that its session bound before may be meant by an empty name
  public Device bind(Caller caller, String pushId, boolean again) {
    AccountId account = caller.requireAccount();
    SessionId session = caller.requireSession();
    return db.write(
        tx -> {
          Device known =
              !pushId.isEmpty()
                  ? store.find(tx, account, pushId)
                  : again ? store.findOf(tx, account, session) : null;
          // Which was bound last decides which is forgotten, whatever became of the clock.
          long now = Math.max(clock.millis(), store.lastBound(tx, account) + 1);
          if (known != null) {
            store.bound(tx, known.pushId(), session, now);
            return known;
          }
          return create(tx, account, session, now);
        });
  }

  /// Whether the caller has a device of that name.
  public boolean has(AccountId account, String pushId) {
    return db.read(tx -> store.find(tx, account, pushId)) != null;
  }

  /// Whether the caller has any device.
  public boolean any(AccountId account) {
    return !db.read(tx -> store.list(tx, account)).isEmpty();
  }

  /// What `device` has not acknowledged in the conversations with an id above `after`, so many of
  /// them that a read stays short.
  public BacklogPage backlog(Device device, long after) {
    return db.read(tx -> store.backlog(tx, device, after, STRETCH));
  }

  /// The same of one conversation; null where it has acknowledged all.
  public @Nullable Backlog backlog(Device device, ConversationId conversation) {
    return db.read(tx -> store.backlog(tx, device, conversation));
  }

  /// The account's notices after `after`, in order, at most 200.
  public List<Notice> notices(Device device, long after) {
    AccountId account = device.account();
    long friendsAfter = Math.max(after, device.noticeSince());
    return db.read(
        tx ->
            Stream.of(
                    store.requests(tx, account, after, NOTICES_MAX),
                    store.friends(tx, account, friendsAfter, NOTICES_MAX),
                    store.invitations(tx, account, after, NOTICES_MAX),
                    store.announcements(tx, account, after, NOTICES_MAX))
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Notice::changed))
                .limit(NOTICES_MAX)
                .toList());
  }

  /// `device` has everything up to these seqs, and the notices up to `notices` (0: none). Blocks
  /// until that is on disk.
  public void ack(Device device, Map<ConversationId, Long> seqs, long notices) {
    if (seqs.isEmpty() && notices == 0) {
      return;
    }
    db.change(
        tx -> {
          seqs.forEach((conversation, seq) -> store.ack(tx, device, conversation, seq));
          store.ackNotices(tx, device.pushId(), notices);
        });
  }

  /// `device` sends a message's content as an object, or as an array: it is pushed the same. Blocks
  /// until that is on disk.
  public void infoObject(Device device, boolean object) {
    db.change(
        tx -> {
          store.infoObject(tx, device.pushId(), object);
        });
  }

  private Device create(Tx tx, AccountId account, SessionId session, long now) {
    List<Device> others = store.list(tx, account);
    for (Device old : others.subList(keep(others.size()), others.size())) {
      store.delete(tx, old);
    }
    Device device =
        new Device(
            HexFormat.of().formatHex(entropy.bytes(PUSH_ID_BYTES)),
            account,
            others.stream().mapToLong(Device::noticeAcked).max().orElse(0),
            others.isEmpty() ? ids.next() : 0,
            null);
    store.insert(tx, device, session, now);
    store.startWhereOthersAre(tx, device);
    starts(tx, account).forEach((conversation, seq) -> store.start(tx, device, conversation, seq));
    return device;
  }

  private int keep(int devices) {
    return Math.min(devices, limits.devicesPerAccountMax() - 1);
  }

  /// After which seq a new device starts, for each conversation.
  private Map<ConversationId, Long> starts(Tx tx, AccountId account) {
    List<DeviceStore.Row> backlogs = store.backlogOfAll(tx, account);
    PriorityQueue<Long> newest = new PriorityQueue<>();
    List<List<long[]>> messages = new ArrayList<>();
    for (DeviceStore.Row each : backlogs) {
      // Those that moved last come first, and a message's id is when its conversation moved: once
      // there are enough that are newer, nothing behind can be among them.
      Long oldest = newest.size() < FIRST_MESSAGES_MAX ? null : newest.peek();
      List<long[]> rows =
          oldest == null || each.changed() > oldest
              ? store.newestOfOthers(tx, account, each.backlog(), FIRST_MESSAGES_MAX)
              : List.of();
      messages.add(rows);
      for (long[] row : rows) {
        newest.add(row[0]);
        if (newest.size() > FIRST_MESSAGES_MAX) {
          newest.poll();
        }
      }
    }
    boolean all = newest.size() < FIRST_MESSAGES_MAX;
    Long oldest = newest.peek();
    Map<ConversationId, Long> starts = new LinkedHashMap<>();
    for (int i = 0; i < backlogs.size(); i++) {
      Backlog backlog = backlogs.get(i).backlog();
      long start = backlog.visibleSeq();
      for (long[] row : messages.get(i)) {
        if (all || oldest == null || row[0] >= oldest) {
          start = row[1] - 1;
        }
      }
      starts.put(backlog.conversation(), start);
    }
    return starts;
  }
}
