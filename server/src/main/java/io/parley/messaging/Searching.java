package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Limits;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds messages by any part of what they say, in any language: texts, file names, places.
///
/// It reads conversations of the caller, the one that moved last first, each from its newest
/// message down, and compares folded text (docs/adr/0008-message-search.md says why there is no
/// index). One call reads at most [#READ_MAX] messages and says where the next goes on.
public final class Searching {
  /// Messages read in one call.
  static final int READ_MAX = 20_000;

  private static final int PAGE = 500;
  private static final int KEYWORD_CHARS_MAX = 128;
  private static final int CONVERSATIONS_MAX = 1000;

  /// What was found so far.
  ///
  /// @param cursor where to go on; empty when all was read
  public record Results(List<Message> messages, String cursor) {}

  private final Scans scans;
  private final Limits limits;
  private final ConversationStore conversations = new ConversationStore();
  private final Belonging belonging = new Belonging();
  private final MessageStore messages = new MessageStore();

  public Searching(Scans scans, Limits limits) {
    this.scans = scans;
    this.limits = limits;
  }

  /// Searches one conversation, or all of the caller's.
  ///
  /// @param only null for all
  /// @param cursor empty to begin
  /// @param limit 0 for 20; more than `limits.page_size_max` is that
  /// @throws Fault INVALID_FIELD, TOO_LARGE, NOT_FOUND, FORBIDDEN
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
    int rows = limit <= 0 ? 20 : Math.min(limit, limits.pageSizeMax());
    Place start = Place.of(cursor);
    return scans.read(
        caller,
        (tx, budget) -> new Run(tx, account, Folding.fold(keyword), rows).from(only, start));
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

  private final class Run {
    private final Tx tx;
    private final AccountId account;
    private final String folded;
    private final int rows;
    private final List<Message> found = new ArrayList<>();
    private int read;

    Run(Tx tx, AccountId account, String folded, int rows) {
      this.tx = tx;
      this.account = account;
      this.folded = folded;
      this.rows = rows;
    }

    Results from(@Nullable ConversationId only, Place start) {
      if (only != null) {
        Place stopped =
            in(
                belonging.require(tx, only, account),
                start.id() == only.value() ? start.seq() : 0,
                0);
        return new Results(found, stopped == null ? "" : stopped.cursor());
      }
      Place at = start;
      if (start.id() != 0) {
        Membership begun = conversations.membership(tx, new ConversationId(start.id()), account);
        Place stopped = begun == null ? null : in(begun, start.seq(), start.before());
        if (stopped != null) {
          return new Results(found, stopped.cursor());
        }
      }
      for (ConversationStore.Changed each :
          conversations.changedBefore(tx, account, at.before(), CONVERSATIONS_MAX)) {
        Place stopped = in(each.membership(), 0, each.changed());
        if (stopped != null) {
          return new Results(found, stopped.cursor());
        }
      }
      return new Results(found, "");
    }

    /// Null if the conversation was read to its end.
    private @Nullable Place in(Membership membership, long belowSeq, long changed) {
      long below = belowSeq == 0 ? membership.visibleSeq() + 1 : belowSeq;
      while (below > 1) {
        List<Message> page = messages.newest(tx, membership, below, PAGE).reversed();
        for (Message message : page) {
          if (found.size() == rows || read == READ_MAX) {
            return new Place(changed, membership.conversation().value(), message.seq() + 1);
          }
          read++;
          if (fits(message.content())) {
            found.add(message);
          }
        }
        below = page.size() < PAGE ? 1 : page.getLast().seq();
      }
      return null;
    }

    private boolean fits(@Nullable Content content) {
      return switch (content) {
        case null -> false;
        case Content.Text text -> Folding.fold(text.content()).contains(folded);
        case Content.File file -> Folding.fold(file.name()).contains(folded);
        case Content.Location place -> Folding.fold(place.desc()).contains(folded);
        case Content.Face face -> false;
        case Content.Sound sound -> false;
        case Content.Image image -> false;
        case Content.Video video -> false;
      };
    }
  }
}
