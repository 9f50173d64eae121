package io.parley.activity;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Cursor;
import io.parley.base.Excerpt;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Slice;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The activity lists of accounts: features write them, accounts read their own.
///
/// It remembers nothing, so each feature may have one of its own. Every change of a list tells the
/// account's live devices how much is unread then.
public final class Activities {
  /// Unread entries are counted to so many.
  public static final int UNREAD_MAX = 100;

  /// Who acted is named to so many.
  public static final int NAMED_MAX = 3;

  private static final int EXCERPT_CHARS_MAX = 120;

  /// So many are kept, for those that take back what they did: up to that number it is known who is
  /// counted. Beyond it somebody who acts again may be counted again.
  private static final int KEPT_MAX = 10;

  /// Devices of so many accounts are told at once that something ended; others see it later.
  private static final int TOLD_MAX = 100;

  private final Platform platform;
  private final Limits limits;
  private final ActivityStore store = new ActivityStore();

  public Activities(Platform platform, Limits limits) {
    this.platform = platform;
    this.limits = limits;
  }

  /// Inside a transaction: `actor` did something that concerns `account`. What others did about the
  /// same moves to the top, with this one. Nothing if it is the same account, or one blocks the
  /// other.
  ///
  /// @param actor null for somebody who is not named
  public void tell(Tx tx, AccountId account, About about, @Nullable AccountId actor) {
    if (actor != null && (actor.equals(account) || store.blocked(tx, account, actor))) {
      return;
    }
    Activity known = store.find(tx, account, about);
    long id = platform.ids().next();
    long now = platform.clock().millis();
    List<AccountId> before = known == null ? List.of() : known.actors();
    List<AccountId> actors = actor == null ? before : first(actor, before);
    if (known == null) {
      store.insert(tx, account, new Activity(id, about, now, 1, actors));
      store.trim(tx, account, limits.activityMax());
    } else {
      boolean again = actor == null || before.contains(actor);
      long acts = again ? known.acts() : known.acts() + 1;
      store.update(tx, account, new Activity(id, known.about(), now, acts, actors));
    }
    announce(tx, account);
  }

  /// Inside a transaction: `actor` took back what it did. The entry stays where it is while others
  /// did it too.
  public void takeBack(Tx tx, AccountId account, About about, AccountId actor) {
    Activity known = store.find(tx, account, about);
    if (known != null && takeBack(tx, account, known, actor)) {
      announce(tx, account);
    }
  }

  private boolean takeBack(Tx tx, AccountId account, Activity known, AccountId actor) {
    boolean isNamed = known.actors().contains(actor);
    if (!isNamed && known.acts() <= known.actors().size()) {
      return false; // It did that before there was this entry.
    }
    if (known.acts() == 1) {
      return store.delete(tx, account, known.about());
    }
    List<AccountId> left = known.actors().stream().filter(it -> !it.equals(actor)).toList();
    store.update(
        tx, account, new Activity(known.id(), known.about(), known.at(), known.acts() - 1, left));
    return true;
  }

  /// Inside a transaction: takes an entry away, whoever acted.
  public void forget(Tx tx, AccountId account, About about) {
    if (store.delete(tx, account, about)) {
      announce(tx, account);
    }
  }

  /// Inside a transaction: takes away what `account` was told about a post or group.
  public void forgetPlace(Tx tx, AccountId account, long place) {
    if (store.deletePlace(tx, account, place)) {
      announce(tx, account);
    }
  }

  /// Inside a transaction: a post or group ended, and what anybody was told about it goes.
  public void forgetPlace(Tx tx, long place) {
    List<AccountId> told = store.toldOf(tx, place, TOLD_MAX);
    if (!told.isEmpty()) {
      store.deletePlace(tx, place);
      told.forEach(account -> announce(tx, account));
    }
  }

  /// Inside a transaction: one of two blocks the other, so neither is told of the other any more.
  public void part(Tx tx, AccountId one, AccountId other) {
    unname(tx, one, other);
    unname(tx, other, one);
  }

  private void unname(Tx tx, AccountId account, AccountId actor) {
    List<Activity> naming = store.naming(tx, account, actor);
    naming.forEach(known -> takeBack(tx, account, known, actor));
    if (!naming.isEmpty()) {
      announce(tx, account);
    }
  }

  /// A part of a list.
  ///
  /// @param unread entries that are newer than what was seen, counted to [#UNREAD_MAX]
  /// @param seen the id up to which the account has seen its list
  public record Part(Slice<Activity> entries, long unread, long seen) {}

  /// The caller's list, newest first, with at most [#NAMED_MAX] actors each and
  /// how the post or comment begins. An entry that moves to
  /// the top while the list is read is not told again below.
  ///
  /// @throws Fault INVALID_FIELD for a cursor of another list
  public Part list(Caller caller, Slice.Request part) {
    AccountId account = caller.requireAccount();
    long below = part.after(Long.MAX_VALUE)[0];
    return platform
        .db()
        .read(
            tx -> {
              List<Activity> found = store.list(tx, account, below, part.looked());
              Set<AccountId> actors = new HashSet<>();
              found.forEach(entry -> actors.addAll(entry.actors()));
              Set<AccountId> named = store.named(tx, actors);
              Map<Long, String> texts = store.texts(tx, found);
              Slice<Activity> entries = Slice.of(part, found, last -> Cursor.of(last.id()));
              long seen = store.seen(tx, account);
              return new Part(
                  entries.map(entry -> shown(entry, named, texts)),
                  unread(tx, account, seen),
                  seen);
            });
  }

  /// The caller has seen its list up to `upTo`, or to its end if that is less. Never less than
  /// before.
  ///
  /// @param upTo an entry's id
  /// @return how much is unread now, counted to [#UNREAD_MAX]
  public long seen(Caller caller, long upTo) {
    AccountId account = caller.requireAccount();
    return platform
        .db()
        .write(
            tx -> {
              long before = store.seen(tx, account);
              long now = store.newest(tx, account, upTo);
              if (now <= before) {
                return unread(tx, account, before);
              }
              store.setSeen(tx, account, now);
              return announce(tx, account);
            });
  }

  private static List<AccountId> first(AccountId actor, List<AccountId> before) {
    return Stream.concat(Stream.of(actor), before.stream().filter(it -> !it.equals(actor)))
        .limit(KEPT_MAX)
        .toList();
  }

  private static Activity shown(Activity entry, Set<AccountId> named, Map<Long, String> texts) {
    About about = entry.about();
    long said = about.kind() == ActivityKind.ANSWERED ? about.subject() : about.place();
    return new Activity(
        entry.id(),
        entry.about(),
        entry.at(),
        entry.acts(),
        entry.actors().stream().filter(named::contains).limit(NAMED_MAX).toList(),
        Excerpt.of(texts.getOrDefault(said, ""), EXCERPT_CHARS_MAX));
  }

  private long announce(Tx tx, AccountId account) {
    long unread = unread(tx, account, store.seen(tx, account));
    platform.bus().publish(tx, new Event.ActivityChanged(account, unread));
    return unread;
  }

  private long unread(Tx tx, AccountId account, long seen) {
    return store.count(tx, account, seen, UNREAD_MAX);
  }
}
