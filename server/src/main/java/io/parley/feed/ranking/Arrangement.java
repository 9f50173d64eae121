package io.parley.feed.ranking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// Puts candidates in the order in which they are shown: by score, but no author twice in a row,
/// none more than [#OF_AN_AUTHOR] times in [#WINDOW] posts, and every [#FRESH_EVERY]th place for
/// something new that its score would not have brought up. Where nothing else is left the rules
/// about authors give way, the second first.
final class Arrangement {
  static final int WINDOW = 20;
  static final int OF_AN_AUTHOR = 3;
  static final int FRESH_EVERY = 5;

  /// How many of the best are looked at for one that fits.
  private static final int LOOK = 100;

  private final List<Candidate> ranked;
  private final List<Candidate> fresh;
  private final Set<Long> taken = new HashSet<>();
  private final List<Candidate> arranged = new ArrayList<>();

  private Arrangement(List<Candidate> ranked, List<Candidate> fresh) {
    this.ranked = new ArrayList<>(ranked);
    this.fresh = new ArrayList<>(fresh);
  }

  /// The order to show.
  ///
  /// @param ranked best first
  /// @param fresh newest first; may overlap with `ranked`
  static List<Candidate> of(List<Candidate> ranked, List<Candidate> fresh, int most) {
    Arrangement arrangement = new Arrangement(ranked, fresh);
    while (arrangement.arranged.size() < most && arrangement.next()) {}
    return arrangement.arranged;
  }

  private boolean next() {
    boolean wantsFresh = arranged.size() % FRESH_EVERY == FRESH_EVERY - 1;
    return (wantsFresh && take(fresh, OF_AN_AUTHOR))
        || take(ranked, OF_AN_AUTHOR)
        || take(ranked, WINDOW)
        || takeFirst(ranked)
        || take(fresh, WINDOW)
        || takeFirst(fresh);
  }

  /// The best that is not of the last author, nor of one with `ofAnAuthor` posts in the window.
  private boolean take(List<Candidate> from, int ofAnAuthor) {
    Iterator<Candidate> each = from.iterator();
    for (int looked = 0; each.hasNext() && looked < LOOK; looked++) {
      Candidate candidate = each.next();
      if (taken.contains(candidate.post())) {
        each.remove();
      } else if (fits(candidate, ofAnAuthor)) {
        each.remove();
        add(candidate);
        return true;
      }
    }
    return false;
  }

  private boolean takeFirst(List<Candidate> from) {
    while (!from.isEmpty()) {
      Candidate candidate = from.removeFirst();
      if (!taken.contains(candidate.post())) {
        add(candidate);
        return true;
      }
    }
    return false;
  }

  private void add(Candidate candidate) {
    taken.add(candidate.post());
    arranged.add(candidate);
  }

  private boolean fits(Candidate candidate, int ofAnAuthor) {
    int start = Math.max(0, arranged.size() - WINDOW + 1);
    int same = 0;
    for (Candidate shown : arranged.subList(start, arranged.size())) {
      same += shown.author() == candidate.author() ? 1 : 0;
    }
    boolean inARow = !arranged.isEmpty() && arranged.getLast().author() == candidate.author();
    return !inARow && same < ofAnAuthor;
  }
}
