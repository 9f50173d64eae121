package io.parley.preview;

import org.jspecify.annotations.Nullable;

/// What a page is called. Texts are one line without control characters, and plain: never markup.
///
/// @param url where the page was in the end, after redirects
/// @param title at most 200 code points, never empty
/// @param description at most 300 code points; empty if the page has none
/// @param site at most 80 code points; empty if the page has none
/// @param image null if the page has none that can be shown
public record Preview(
    String url, String title, String description, String site, @Nullable Image image) {

  /// A small picture, encoded by this server.
  ///
  /// @param type `image/jpeg`, `image/png` or `image/gif`
  /// @param width,height pixels
  public record Image(byte[] bytes, String type, int width, int height) {}
}
