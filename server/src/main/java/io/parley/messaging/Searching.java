package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Cursor;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Slice;
import io.parley.platform.Platform;
import io.parley.store.Budget;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds messages by any part of what they say, in any language: texts, file names, places.
///
/// It reads conversations of the caller, the one that moved last first, each from its newest
/// message down, and compares folded text (docs/adr/0008-message-search.md says why there is no
/// index). One call reads at most [#READ_MAX] messages and `limits.search_chars_max` characters,
/// and says where the next goes on. Texts are stored folded where folding them costs something
/// ([Searched]), so a search compares; those stored before that was so are folded by the first
/// search that comes to them, which counts as reading what comes of it.
public final class Searching {
  /// Messages read in one call.
  static final int READ_MAX = 20_000;

  private static final int KEYWORD_CHARS_MAX = 128;
  private static final int CONVERSATIONS_PAGE = 1000;

  private final Db db;
  private final Scans scans;
  private final ChangedStore store = new ChangedStore();
  private final Memberships memberships;
  private final MessageStore messages = new MessageStore();
  private final MarkStore marks = new MarkStore();

  public Searching(Platform platform, Scans scans) {
    this.db = platform.db();
    this.memberships = new Memberships(platform.clock());
    this.scans = scans;
  }

  /// Searches one conversation, or all of the caller's. `next` goes on where this call stopped,
  /// also after few messages or none.
  ///
  /// @param only null for all
  /// @throws Fault INVALID_FIELD, TOO_LARGE, NOT_FOUND, FORBIDDEN; BUSY as [Scans#read]
  public Slice<Message> search(
      Caller caller, String keyword, @Nullable ConversationId only, Slice.Request part) {
    AccountId account = caller.requireAccount();
    if (keyword.isBlank()) {
      throw Fault.invalid("keyword", "must not be empty");
    }
    if (keyword.length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
    Place start = Place.of(part);
    return scans.read(
        caller,
        (tx, budget) ->
            new Run(tx, budget, account, Folding.fold(keyword), part.rows()).from(only, start));
  }

  /// Where a search stands: `before` orders conversations by their last change, `seq` within the
  /// conversation `id`.
  private record Place(long before, long id, long seq) {
    static Place of(Slice.Request part) {
      long[] keys = part.after(Long.MAX_VALUE, 0, 0);
      return new Place(keys[0], keys[1], keys[2]);
    }

    String cursor() {
      return Cursor.of(before, id, seq);
    }
  }

  /// One call. Its places are found first, so that what is read is no more than what is compared.
  private final class Run {
    private final Tx tx;
    private final Budget budget;
    private final AccountId account;
    private final String folded;
    private final int rows;
    private final List<Message> found = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Refilling refilling = new Refilling();
    private int read;

    Run(Tx tx, Budget budget, AccountId account, String folded, int rows) {
      this.tx = tx;
      this.budget = budget;
      this.account = account;
      this.folded = folded;
      this.rows = rows;
    }

    Slice<Message> from(@Nullable ConversationId only, Place start) {
      Place stopped =
          only != null
              ? in(
                  memberships.requireReader(tx, only, account),
                  start.id() == only.value() ? start.seq() : 0,
                  0)
              : inAll(start);
      refilling.write(db);
      return new Slice<>(
          found, stopped == null ? "" : stopped.cursor(), row -> places.get(row).cursor());
    }

    private @Nullable Place inAll(Place start) {
      if (start.id() != 0) {
        Membership begun = memberships.find(tx, new ConversationId(start.id()), account);
        Place stopped = begun == null ? null : in(begun, start.seq(), start.before());
        if (stopped != null) {
          return stopped;
        }
      }
      long before = start.before();
      while (true) {
        List<ChangedStore.Changed> page =
            store.changedBefore(tx, account, before, CONVERSATIONS_PAGE);
        for (ChangedStore.Changed each : page) {
          Place stopped = in(each.membership(), 0, each.changed());
          if (stopped != null) {
            return stopped;
          }
          before = each.changed();
          if (!budget.spend(0)) {
            return new Place(before, each.membership().conversation().value(), 1);
          }
        }
        if (page.size() < CONVERSATIONS_PAGE) {
          return null;
        }
      }
    }

    /// Null if the conversation was read to its end.
    private @Nullable Place in(Membership membership, long belowSeq, long changed) {
      long below = belowSeq == 0 ? membership.visibleSeq() + 1 : belowSeq;
      long id = membership.conversation().value();
      List<Long> hits = new ArrayList<>();
      long[] stopped = new long[1];
      messages.texts(
          tx,
          membership.conversation(),
          below,
          text -> {
            if (found.size() + hits.size() == rows || read == READ_MAX) {
              stopped[0] = text.seq() + 1;
              return false;
            }
            read++;
            Searched searched = Searched.of(text);
            if (searched.text().contains(folded)) {
              hits.add(text.seq());
            }
            refilling.note(text, searched);
            if (!budget.spend(searched.cost())) {
              stopped[0] = text.seq();
              return false;
            }
            return true;
          });
      for (long seq : hits) {
        Message message = messages.at(tx, seq, membership);
        // Whoever took it back meanwhile has taken it out of here too.
        if (message != null
            && !message.recalled()
            && !marks.isHidden(tx, account, membership.conversation(), seq)) {
          found.add(message);
          places.add(new Place(changed, id, seq));
        }
      }
      return stopped[0] == 0 ? null : new Place(changed, id, stopped[0]);
    }
  }
}
