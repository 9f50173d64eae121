package io.parley.media;

import org.jspecify.annotations.Nullable;

/// A picture ready to be stored.
///
/// @param type media type, e.g. `image/jpeg`
/// @param extension of its file name
/// @param width,height pixels
/// @param thumbnail a smaller one; null where the picture itself is small
record Picture(
    byte[] bytes,
    String type,
    String extension,
    int width,
    int height,
    @Nullable Picture thumbnail) {}
