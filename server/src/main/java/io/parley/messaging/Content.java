package io.parley.messaging;

import io.parley.base.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a message says: one of the seven kinds that callers send, a [GroupLine], which only the
/// server makes, or something [Newer]. Sizes are bytes, lengths seconds, dimensions pixels unless
/// said otherwise.
public sealed interface Content {
  /// The number that is stored and that the native API's MESSAGE_TYPE uses.
  int kind();

  /// The addresses of what it shows, by field name; some may be empty or of other servers.
  default Map<String, String> uploads() {
    return switch (this) {
      case Text text -> Map.of();
      case Face face -> Map.of();
      case Location location -> Map.of("location.cover_image", location.coverImage());
      case Sound sound -> Map.of("sound.url", sound.url());
      case Image image -> Map.of("image.url", image.url());
      case File file -> Map.of("file.url", file.url());
      case Video video -> Map.of("video.url", video.url(), "video.thumb_url", video.thumbUrl());
      case GroupLine line -> Map.of();
      case Newer newer -> Map.of();
    };
  }

  record Text(String content) implements Content {
    public static final int KIND = 0;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// @param lat degrees, −90 … 90
  /// @param lng degrees, −180 … 180
  record Location(String coverImage, double lat, double lng, String mapLink, String desc)
      implements Content {
    public static final int KIND = 1;

    @Override
    public int kind() {
      return KIND;
    }
  }

  record Face(String symbol) implements Content {
    public static final int KIND = 2;

    @Override
    public int kind() {
      return KIND;
    }
  }

  record Sound(String url, long size, long seconds) implements Content {
    public static final int KIND = 3;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// @param type the native API's IMAGE_TYPE: 0 original, 1 big, 2 thumbnail
  /// @param format its IMAGE_FORMAT: 0 JPG, 1 GIF, 2 PNG, 3 BMP, 255 other
  record Image(int type, int format, long size, long width, long height, String url)
      implements Content {
    public static final int KIND = 4;

    @Override
    public int kind() {
      return KIND;
    }
  }

  record File(long size, String name, String url) implements Content {
    public static final int KIND = 5;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// @param format free text, e.g. `mp4`
  /// @param thumbFormat the native API's IMAGE_FORMAT
  record Video(
      long size,
      long seconds,
      String url,
      String format,
      String thumbUrl,
      long thumbSize,
      double thumbWidth,
      double thumbHeight,
      int thumbFormat)
      implements Content {
    public static final int KIND = 6;

    @Override
    public int kind() {
      return KIND;
    }
  }

  /// What only a newer version of this program can read, which writes to the same store while a
  /// cluster is upgraded. It is told as a message that says something unknown, and left alone.
  record Newer(int kind) implements Content {}

  /// What the server says in a group of what became of it. The sender of such a message is who did
  /// it. Where the sender is the one that it concerns, that one did it, or nobody is told who did.
  ///
  /// @param accounts whom it concerns, in that order, at most [#ACCOUNTS_MAX]; none of RENAMED,
  ///     ANNOUNCED, PINNED, DISSOLVED
  /// @param count how many it concerns in all
  /// @param text of RENAMED the new name, of ANNOUNCED what is announced; else empty
  record GroupLine(Event event, List<Long> accounts, long count, String text) implements Content {
    /// What became of the group.
    public enum Event {
      /// Came in by itself: it joined, asked to, or accepted an invitation.
      JOINED,
      /// Brought in by the sender.
      BROUGHT_IN,
      /// Went by itself.
      LEFT,
      /// Taken out by the sender, or by an operator.
      REMOVED,
      /// The group has another name.
      RENAMED,
      /// Something is announced.
      ANNOUNCED,
      /// Made an admin by the sender.
      ADMIN_ADDED,
      /// Made a member again by the sender.
      ADMIN_REMOVED,
      /// Made the owner by the sender, who was that before.
      OWNER_CHANGED,
      /// Pinned a message: the one that the line answers.
      PINNED,
      /// There is no such group any more.
      DISSOLVED
    }

    /// Of all but ANNOUNCED. These are unread for nobody.
    public static final int KIND = 100;

    /// Of ANNOUNCED, which is unread as what a member sends is, and found by its text.
    public static final int ANNOUNCED_KIND = 101;

    /// Those whom it names.
    public static final int ACCOUNTS_MAX = 20;

    public GroupLine {
      accounts = List.copyOf(accounts);
    }

    /// A line that concerns one account.
    public static GroupLine of(Event event, AccountId account) {
      return new GroupLine(event, List.of(account.value()), 1, "");
    }

    /// A line that concerns the group.
    public static GroupLine of(Event event, String text) {
      return new GroupLine(event, List.of(), 0, text);
    }

    /// The same of one more.
    GroupLine and(AccountId account) {
      List<Long> more = new ArrayList<>(accounts);
      if (more.size() < ACCOUNTS_MAX) {
        more.add(account.value());
      }
      return new GroupLine(event, more, count + 1, text);
    }

    @Override
    public int kind() {
      return event == Event.ANNOUNCED ? ANNOUNCED_KIND : KIND;
    }
  }
}
