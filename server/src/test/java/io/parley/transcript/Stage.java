package io.parley.transcript;

import io.parley.base.Clock;
import io.parley.harness.TestServer;
import io.parley.harness.TestStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The server that one transcript talks to, started when it is first needed, on a data folder and a
/// clock of its own.
final class Stage implements AutoCloseable {
  private final Path dir;
  private final Map<String, String> keys;
  private final Scope scope;
  private final ShiftedClock clock = new ShiftedClock();
  private @Nullable TestServer server;

  Stage(Path dir, Map<String, String> keys, Scope scope) {
    this.dir = dir;
    this.keys = keys;
    this.scope = scope;
  }

  TestServer server() {
    TestServer running = server;
    if (running == null) {
      Map<String, String> all = new HashMap<>(keys);
      // As an operator who sets nothing has it: other contracts are the same with it.
      all.putIfAbsent("security.message_requests", "true");
      running = TestServer.start(dir, all, clock);
      server = running;
      scope.put("url", running.url());
      scope.put("port", Integer.toString(running.port()));
    }
    return running;
  }

  int port() {
    return server().port();
  }

  void advance(Duration by) {
    clock.shift.addAndGet(by.toNanos());
  }

  /// What `parley WORDS` prints; stops the server first if it runs.
  ///
  /// @throws Mismatch if it fails and `exit` is 0, or the other way round
  String command(String[] words, int exit) {
    close();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    PrintStream errors = System.err;
    PrintStream capturing = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(capturing);
    System.setErr(capturing);
    int code;
    try {
      code = TestServer.command(dir, words);
    } finally {
      System.setOut(before);
      System.setErr(errors);
    }
    String text = printed.toString(StandardCharsets.UTF_8).strip();
    if (code != exit) {
      throw new Mismatch("exit code " + exit, code + ": " + text);
    }
    return text;
  }

  /// Changes the records behind the server's back, to see what it says of a broken engine.
  void sql(String statement) {
    try (Connection connection = TestStore.connect(dir);
        Statement change = connection.createStatement()) {
      change.execute(statement);
    } catch (SQLException e) {
      throw new Mismatch(statement + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    TestServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
  }

  /// The machine's time, moved forward.
  private static final class ShiftedClock implements Clock {
    private final AtomicLong shift = new AtomicLong();

    @Override
    public long millis() {
      return SYSTEM.millis() + shift.get() / 1_000_000;
    }

    @Override
    public long nanos() {
      return SYSTEM.nanos() + shift.get();
    }

    @Override
    public void sleep(Duration duration) {
      SYSTEM.sleep(duration);
    }
  }
}
