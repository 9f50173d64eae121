package io.parley.media;

import io.parley.base.Fault;
import io.parley.base.FaultCode;

/// A stored upload.
///
/// @param name its generated name
/// @param type media type, e.g. `image/jpeg`
/// @param size bytes as stored
/// @param width,height pixels; 0 for what is no picture
/// @param thumbnail the name of a smaller picture, empty where there is none
public record Stored(
    String name, String type, long size, long width, long height, String thumbnail) {
  /// @return itself
  /// @throws Fault MALFORMED unless it is a picture
  public Stored requirePicture() {
    if (width == 0) {
      throw Fault.of(FaultCode.MALFORMED, "not a " + Media.PICTURES + " picture");
    }
    return this;
  }
}
