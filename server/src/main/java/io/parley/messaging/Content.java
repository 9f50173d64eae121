package io.parley.messaging;

import java.util.Map;

/// What a message says: one of seven kinds. Sizes are bytes, lengths seconds, dimensions pixels
/// unless said otherwise.
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
}
