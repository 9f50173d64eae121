package io.parley.harness;

import io.parley.App;
import io.parley.base.Clock;
import io.parley.command.Cli;
import io.parley.config.Config;
import io.parley.store.Scans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A whole server in this process, on free loopback ports, with a cheap password hash. What is
/// stored stays in `dir`: a second server on the same folder after [#close] is a restart.
public final class TestServer implements AutoCloseable {
  /// Passwords may be short and cost next to nothing, and nobody is a stranger.
  static final Map<String, String> CHEAP =
      Map.of(
          "security.argon2.memory_kib", "64",
          "security.argon2.iterations", "1",
          "security.refuse_common_passwords", "false",
          "security.message_requests", "false",
          "limits.password_chars_min", "6");

  private final App app;
  private final int port;
  private final int managementPort;
  private final LoopWatch watch = new LoopWatch();
  private boolean closed;

  private TestServer(App app, int port, int managementPort) {
    this.app = app;
    this.port = port;
    this.managementPort = managementPort;
  }

  public static TestServer start(Path dir) {
    return start(dir, Map.of());
  }

  /// `keys`: dotted keys of parley.yaml that differ from a test's defaults.
  public static TestServer start(Path dir, Map<String, String> keys) {
    return start(dir, keys, Clock.SYSTEM);
  }

  /// The same with a time of its own.
  public static TestServer start(Path dir, Map<String, String> keys, Clock clock) {
    int port = freePort();
    int managementPort = freePort();
    Map<String, String> flags = new HashMap<>();
    flags.put("data.dir", dir.toString());
    flags.put("server.port", Integer.toString(port));
    flags.put("server.management_port", Integer.toString(managementPort));
    flags.put("server.drain_s", "1");
    flags.putAll(CHEAP);
    flags.putAll(TestStore.keys(dir));
    flags.putAll(TestUploads.keys(dir));
    flags.putAll(keys);
    App app = App.start(Config.load(null, Map.of(), flags), clock);
    return new TestServer(app, Integer.parseInt(flags.get("server.port")), managementPort);
  }

  public int port() {
    return port;
  }

  /// `http://127.0.0.1:<port>`, or what `server.public_url` says.
  public String url() {
    return app.publicUrl();
  }

  public Scans scans() {
    return app.scans();
  }

  public String managementUrl() {
    return "http://127.0.0.1:" + managementPort;
  }

  /// Runs a command of the program on the data folder `dir`, which no server may have; what it
  /// prints goes to standard output. The answer is the exit code.
  public static int command(Path dir, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--data",
            dir.toString(),
            "--set",
            "security.argon2.memory_kib=64",
            "--set",
            "security.argon2.iterations=1",
            "--set",
            "security.refuse_common_passwords=false"));
    TestStore.keys(dir).forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
    if (all.stream().noneMatch(word -> word.startsWith("limits.password_chars_min"))) {
      all.addAll(List.of("--set", "limits.password_chars_min=6"));
    }
    return Cli.run(all.toArray(new String[0]));
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops the server; once is enough.
  ///
  /// @throws AssertionError if one of its event loops was seen waiting
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    app.close();
    watch.close();
    if (!watch.found().isEmpty()) {
      throw new AssertionError(String.join("\n", watch.found()));
    }
  }
}
