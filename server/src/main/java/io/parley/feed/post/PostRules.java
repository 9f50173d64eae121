package io.parley.feed.post;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Visible;
import io.parley.media.UploadAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a post and a comment may be made of.
final class PostRules {
  private static final Pattern WEB =
      Pattern.compile("https?://[^/\\s].*", Pattern.CASE_INSENSITIVE);
  private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "gif", "webp");
  private static final int REMARK_CHARS_MAX = 500;
  private static final long PIXELS_MAX = 1_000_000;
  private static final long DURATION_MS_MAX = 7L * 24 * 3600 * 1000;

  private final Limits limits;

  PostRules(Limits limits) {
    this.limits = limits;
  }

  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field
  void check(PostDraft draft) {
    text("content", draft.content(), limits.postCodePointsMax(), "limits.post_code_points_max");
    switch (draft.kind()) {
      case TEXT -> {
        if (Visible.isBlank(draft.content())) {
          throw Fault.invalid("content", "must not be empty");
        }
        if (!draft.resources().isEmpty()) {
          throw Fault.invalid("resource", "a text post has none");
        }
      }
      case IMAGE -> images(draft.resources());
      case VIDEO -> {
        if (draft.resources().isEmpty() || draft.resources().size() > 2) {
          throw Fault.invalid("resource", "a video post has one video, and at most one cover");
        }
        resource(draft.resources().getFirst(), false);
        draft.resources().stream().skip(1).forEach(cover -> resource(cover, true));
      }
    }
    range("width", draft.width(), PIXELS_MAX);
    range("height", draft.height(), PIXELS_MAX);
    range("duration", draft.durationMs(), DURATION_MS_MAX);
  }

  /// @throws Fault INVALID_FIELD, TOO_LARGE
  void checkComment(String content) {
    text("content", content, limits.commentCodePointsMax(), "limits.comment_code_points_max");
    if (Visible.isBlank(content)) {
      throw Fault.invalid("content", "must not be empty");
    }
  }

  /// A reason or remark: 0 … 500 characters.
  ///
  /// @throws Fault INVALID_FIELD, TOO_LARGE
  void checkRemark(String field, String remark) {
    if (remark.length() > REMARK_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, field + ": longer than " + REMARK_CHARS_MAX + " characters");
    }
    plain(field, remark);
  }

  private void images(List<String> resources) {
    if (resources.isEmpty()) {
      throw Fault.invalid("resource", "a picture post has at least one");
    }
    if (resources.size() > limits.postImagesMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE,
          "resource: more than limits.post_images_max = " + limits.postImagesMax());
    }
    resources.forEach(url -> resource(url, true));
  }

  private void resource(String url, boolean picture) {
    if (url.length() > limits.urlCharsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "resource: longer than " + limits.urlCharsMax() + " characters");
    }
    if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw Fault.invalid("resource", "must not contain blanks or control characters");
    }
    Set<String> names = UploadAddress.names(url);
    if (names.isEmpty() && !url.startsWith("/")) {
      if (!WEB.matcher(url).matches()) {
        throw Fault.invalid("resource", "must be an upload of this server or an http(s) address");
      }
      return;
    }
    if (names.isEmpty()) {
      throw Fault.invalid("resource", "no upload has that name");
    }
    for (String name : names) {
      if (PICTURES.contains(name.substring(name.indexOf('.') + 1)) != picture) {
        throw Fault.invalid("resource", picture ? "is not a picture" : "is a picture, not a video");
      }
    }
  }

  private static void text(String field, String text, int codePointsMax, String limit) {
    // A code point has at most two chars, so this bounds the work before any is done.
    if (text.length() > 2 * codePointsMax
        || text.codePointCount(0, text.length()) > codePointsMax) {
      throw Fault.of(FaultCode.TOO_LARGE, field + ": over " + limit + " = " + codePointsMax);
    }
    plain(field, text);
  }

  private static void plain(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      throw Fault.invalid(field, "must not contain U+0000");
    }
  }

  private static void range(String field, long value, long max) {
    if (value < 0 || value > max) {
      throw Fault.invalid(field, "must be 0 … " + max);
    }
  }
}
