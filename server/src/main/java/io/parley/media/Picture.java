package io.parley.media;

/// A picture ready to be stored.
///
/// @param type media type, e.g. `image/jpeg`
/// @param extension of its file name
/// @param width,height pixels
record Picture(byte[] bytes, String type, String extension, int width, int height) {}
