package io.parley.media;

import io.parley.base.Fault;
import io.parley.blob.BlobNames;
import io.parley.blob.Blobs;
import io.parley.blob.Content;
import io.parley.blob.Incoming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A picture that was encoded anew, and its thumbnail, in files: where storing takes long, pictures
/// that wait for it fill no memory. Closing it removes what is left of the files.
final class Encoded implements AutoCloseable {
  private final BlobNames names;
  private final Incoming incoming;

  /// The thumbnail first: nobody is to find a picture whose thumbnail is not there.
  private final Map<Stored, Path> files = new LinkedHashMap<>();

  private Encoded(BlobNames names, Incoming incoming) {
    this.names = names;
    this.incoming = incoming;
  }

  /// @throws Fault UNAVAILABLE if the disk fails, or too little of it is left
  static Encoded of(Picture picture, BlobNames names, Incoming incoming) {
    Encoded encoded = new Encoded(names, incoming);
    try {
      Picture small = picture.thumbnail();
      String thumbnail = small == null ? "" : encoded.write(small, "").name();
      encoded.write(picture, thumbnail);
      return encoded;
    } catch (IOException e) {
      encoded.close();
      throw Incoming.failed(e);
    } catch (RuntimeException | Error e) {
      encoded.close();
      throw e;
    }
  }

  private Stored write(Picture picture, String thumbnail) throws IOException {
    String name = names.of(Content.of(picture.bytes()), picture.extension());
    Stored stored =
        new Stored(
            name,
            picture.type(),
            picture.bytes().length,
            picture.width(),
            picture.height(),
            thumbnail);
    Path file = incoming.receive();
    files.put(stored, file);
    Files.write(file, picture.bytes());
    return stored;
  }

  /// The picture, and its thumbnail if it has one.
  List<Stored> all() {
    return List.copyOf(files.keySet());
  }

  /// The picture itself.
  Stored picture() {
    return all().getLast();
  }

  /// Stores the files, durably.
  ///
  /// @throws Fault UNAVAILABLE if it could not be done now
  void store(Blobs blobs) {
    files.forEach((stored, file) -> blobs.take(stored.name(), file));
  }

  @Override
  public void close() {
    for (Path file : files.values()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw Incoming.failed(e);
      }
    }
  }
}
