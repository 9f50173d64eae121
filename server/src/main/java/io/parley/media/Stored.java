package io.parley.media;

/// A stored upload.
///
/// @param name its generated name
/// @param type media type, e.g. `image/jpeg`
/// @param size bytes as stored
/// @param width,height pixels
public record Stored(String name, String type, long size, long width, long height) {}
