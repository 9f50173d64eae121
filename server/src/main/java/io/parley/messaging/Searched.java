package io.parley.messaging;

import io.parley.base.Folding;
import org.jspecify.annotations.Nullable;

/// What a stored message is searched by, in the form that keywords are compared with.
///
/// The column `folded` of a message is NULL where small letters for A … Z are all that its folded
/// form takes, which is most of them; else it holds that form, of that
/// [Folding#SEARCHED_CHARS_MAX] characters. [#UNFOLDED] stands in messages from before there was
/// such a column.
///
/// @param text what a keyword is looked for in
/// @param cost characters that had to be read or made for it
/// @param fresh what the column should hold, where it does not yet
record Searched(String text, long cost, @Nullable String fresh) {
  /// The default of the column.
  static final String UNFOLDED = "";

  /// A message as a search reads it.
  ///
  /// @param body null where `folded` is all that is needed, or nothing can be found in it
  record Stored(long id, long seq, int kind, @Nullable String body, @Nullable String folded) {}

  private static final Searched NOTHING = new Searched("", 0, null);

  /// What the column holds for `content`.
  static @Nullable String column(@Nullable Content content) {
    String said = said(content);
    if (Folding.isPlain(said)) {
      return null;
    }
    String folded = Folding.searched(said);
    return folded.equals(Folding.smallAscii(said)) ? null : folded;
  }

  static Searched of(Stored stored) {
    String folded = stored.folded();
    if (folded != null && !folded.equals(UNFOLDED)) {
      return new Searched(folded, folded.length(), null);
    }
    String body = stored.body();
    if (body == null) {
      return NOTHING;
    }
    String said = said(ContentCodec.content(stored.kind(), body));
    if (folded == null || Folding.isPlain(said)) {
      return new Searched(Folding.smallAscii(said), body.length(), null);
    }
    String made = Folding.searched(said);
    return new Searched(made, (long) body.length() + made.length(), made);
  }

  /// What people may look for in it.
  private static String said(@Nullable Content content) {
    return switch (content) {
      case null -> "";
      case Content.Text text -> text.content();
      case Content.File file -> file.name();
      case Content.Location place -> place.desc();
      case Content.Face face -> "";
      case Content.Sound sound -> "";
      case Content.Image image -> "";
      case Content.Video video -> "";
      case Content.GroupLine line ->
          line.event() == Content.GroupLine.Event.ANNOUNCED ? line.text() : "";
      case Content.Newer newer -> "";
    };
  }
}
