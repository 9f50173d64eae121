package io.parley.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Folders on the disk that the project lies on, wherever others are: what a power cut takes has
/// been on its way there, and a disk keeps the load at what can be looked through afterwards.
public final class OnDisk implements TempDirFactory {
  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws IOException {
    return Files.createTempDirectory(
        Files.createDirectories(Path.of("target", "crash")).toAbsolutePath(), "data");
  }
}
