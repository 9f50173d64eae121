package io.parley.media;

/// A format that is taken in.
///
/// @param type media type as it is served, e.g. `audio/mpeg`
/// @param extension of the stored name, at most 5 of `a-z0-9`
record Format(Kind kind, String type, String extension) {
  /// What a format is for.
  enum Kind {
    PICTURE,
    SOUND,
    VIDEO,
    FILE
  }
}
