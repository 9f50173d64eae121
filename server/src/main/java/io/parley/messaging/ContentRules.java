package io.parley.messaging;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Urls;
import io.parley.base.Visible;

/// What content must be to be accepted. Checked before any other work is done on it.
final class ContentRules {
  private static final int NAME_CHARS_MAX = 255;
  private static final int DESC_CHARS_MAX = 1000;
  private static final int SYMBOL_CHARS_MAX = 128;

  private final Limits limits;

  ContentRules(Limits limits) {
    this.limits = limits;
  }

  /// @throws Fault INVALID_FIELD or TOO_LARGE, naming the field
  void check(Content content) {
    switch (content) {
      case Content.Text text -> text(text.content());
      case Content.Location location -> location(location);
      case Content.Face face -> required("face.symbol", face.symbol(), SYMBOL_CHARS_MAX);
      case Content.Sound sound -> {
        url("sound.url", sound.url());
        notNegative("sound.size", sound.size());
        notNegative("sound.seconds", sound.seconds());
      }
      case Content.Image image -> {
        url("image.url", image.url());
        notNegative("image.size", image.size());
        notNegative("image.width", image.width());
        notNegative("image.height", image.height());
      }
      case Content.File file -> {
        required("file.name", file.name(), NAME_CHARS_MAX);
        if (Visible.turns(file.name())) {
          throw Fault.invalid("file.name", "must not override the direction of text");
        }
        url("file.url", file.url());
        notNegative("file.size", file.size());
      }
      case Content.Video video -> video(video);
      case Content.GroupLine _, Content.Newer _ ->
          throw Fault.invalid("type", "is made by the server alone");
    }
  }

  private void text(String text) {
    int max = limits.textCodePointsMax();
    if (text.length() > 2 * max || text.codePointCount(0, text.length()) > max) {
      throw Fault.of(
          FaultCode.TOO_LARGE,
          "text.content: over limits.text_code_points_max of " + max + " code points");
    }
    if (Visible.isBlank(text)) {
      throw Fault.invalid("text.content", "must not be empty");
    }
    if (text.indexOf('\0') >= 0) {
      throw Fault.invalid("text.content", "must not contain U+0000");
    }
  }

  private void location(Content.Location location) {
    // Written so that NaN fails too.
    if (!(Math.abs(location.lat()) <= 90)) {
      throw Fault.invalid("location.lat", "must be -90 … 90");
    }
    if (!(Math.abs(location.lng()) <= 180)) {
      throw Fault.invalid("location.lng", "must be -180 … 180");
    }
    optionalUrl("location.cover_image", location.coverImage());
    optionalUrl("location.map_link", location.mapLink());
    plain("location.desc", location.desc(), DESC_CHARS_MAX);
  }

  private void video(Content.Video video) {
    url("video.url", video.url());
    optionalUrl("video.thumb_url", video.thumbUrl());
    plain("video.format", video.format(), 32);
    notNegative("video.size", video.size());
    notNegative("video.seconds", video.seconds());
    notNegative("video.thumb_size", video.thumbSize());
    if (!(video.thumbWidth() >= 0 && video.thumbWidth() <= 1e6)) {
      throw Fault.invalid("video.thumb_width", "must be 0 … 1000000");
    }
    if (!(video.thumbHeight() >= 0 && video.thumbHeight() <= 1e6)) {
      throw Fault.invalid("video.thumb_height", "must be 0 … 1000000");
    }
  }

  private void url(String field, String url) {
    if (url.isBlank()) {
      throw Fault.invalid(field, "must not be empty");
    }
    optionalUrl(field, url);
  }

  private void optionalUrl(String field, String url) {
    plain(field, url, limits.urlCharsMax());
    Urls.requireSafe(field, url);
  }

  private static void required(String field, String value, int charsMax) {
    if (Visible.isBlank(value)) {
      throw Fault.invalid(field, "must not be empty");
    }
    plain(field, value, charsMax);
  }

  private static void plain(String field, String value, int charsMax) {
    if (value.length() > charsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": longer than " + charsMax + " characters");
    }
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw Fault.invalid(field, "must not contain control characters");
    }
  }

  private static void notNegative(String field, long value) {
    if (value < 0) {
      throw Fault.invalid(field, "must be less than 2^63");
    }
  }
}
