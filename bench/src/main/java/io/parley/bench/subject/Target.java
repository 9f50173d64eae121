package io.parley.bench.subject;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The server a scenario runs against. Closing it stops the server if the generator started it.
///
/// @param url where it listens
/// @param process its memory and processor time, or null when its pid is not known
/// @param dataOn where its data is, for the report
public record Target(
    URI url,
    @Nullable ProcessFigures process,
    String dataOn,
    @Nullable ServerProcess child,
    @Nullable WorkFolder folder)
    implements AutoCloseable {

  @Override
  public void close() {
    if (child != null) {
      child.close();
    }
    if (folder != null) {
      folder.close();
    }
  }
}
