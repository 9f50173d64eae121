package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Limits;
import io.parley.base.Page;
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

  /// What was found so far.
  ///
  /// @param cursor where to go on; empty when all was read
  public record Results(List<Message> messages, String cursor) {}

  private final Db db;
  private final Scans scans;
  private final Limits limits;
  private final ConversationStore conversations = new ConversationStore();
  private final Memberships memberships;
  private final MessageStore messages = new MessageStore();

  public Searching(Platform platform, Scans scans, Limits limits) {
    this.db = platform.db();
    this.memberships = new Memberships(platform.clock());
    this.scans = scans;
    this.limits = limits;
  }

  /// Searches one conversation, or all of the caller's.
  ///
  /// @param only null for all
  /// @param cursor empty to begin
  /// @param limit 0 for 20; more than `limits.page_size_max` is that
  /// @throws Fault INVALID_FIELD, TOO_LARGE, NOT_FOUND, FORBIDDEN; BUSY as [Scans#read]
  public Results search(
      Caller caller, String keyword, @Nullable ConversationId only, String cursor, int limit) {
    AccountId account = caller.requireAccount();
    if (keyword.isBlank()) {
      throw Fault.invalid("keyword", "must not be empty");
    }
    if (keyword.length() > KEYWORD_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "keyword: longer than " + KEYWORD_CHARS_MAX + " characters");
    }
    int rows = Page.rows(limit, 20, limits.pageSizeMax());
    Place start = Place.of(cursor);
    return scans.read(
        caller,
        (tx, budget) ->
            new Run(tx, budget, account, Folding.fold(keyword), rows).from(only, start));
  }

  /// Where a search stands: `before` orders conversations by their last change, `seq` within the
  /// conversation `id`.
  private record Place(long before, long id, long seq) {
    static final Place START = new Place(Long.MAX_VALUE, 0, 0);

    static Place of(String cursor) {
      if (cursor.isEmpty()) {
        return START;
      }
      String[] parts = cursor.split("\\.", -1);
      try {
        if (parts.length == 3) {
          return new Place(
              Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw Fault.invalid("cursor", "not one that this server gave");
    }

    String cursor() {
      return before + "." + id + "." + seq;
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
    private final Refilling refilling = new Refilling();
    private int read;

    Run(Tx tx, Budget budget, AccountId account, String folded, int rows) {
      this.tx = tx;
      this.budget = budget;
      this.account = account;
      this.folded = folded;
      this.rows = rows;
    }

    Results from(@Nullable ConversationId only, Place start) {
      Place stopped =
          only != null
              ? in(
                  memberships.requireReader(tx, only, account),
                  start.id() == only.value() ? start.seq() : 0,
                  0)
              : inAll(start);
      refilling.write(db);
      return new Results(found, stopped == null ? "" : stopped.cursor());
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
        List<ConversationStore.Changed> page =
            conversations.changedBefore(tx, account, before, CONVERSATIONS_PAGE);
        for (ConversationStore.Changed each : page) {
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
        if (message != null && !message.recalled()) {
          found.add(message);
        }
      }
      return stopped[0] == 0 ? null : new Place(changed, id, stopped[0]);
    }
  }
}
