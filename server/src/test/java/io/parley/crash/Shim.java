package io.parley.crash;

import java.io.IOException;
import java.nio.file.Path;

/// Libraries of server/src/test/c that are preloaded into a server.
final class Shim {
  private Shim() {}

  /// Compiles `name`.c; the library's path.
  static synchronized Path build(String name) throws IOException, InterruptedException {
    // One for each test process: another may have it loaded.
    String file = name + "." + ProcessHandle.current().pid() + ".so";
    Path library = Path.of("target", file).toAbsolutePath();
    Path source = Path.of("src", "test", "c", name + ".c").toAbsolutePath();
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-shared",
                "-fPIC",
                "-O1",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl",
                "-lpthread")
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IOException("cc could not compile " + source);
    }
    return library;
  }
}
