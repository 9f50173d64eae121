package io.parley.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server on a folder of its own and who is on it: registered in a field, for one test; in a
/// static field, for all tests of the class. It runs once it is constructed, so that other fields
/// can be made of it. Afterwards everybody hangs up, the server stops and the folder is gone.
public final class TestWorld implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final Path dir;
  private final Clock clock;
  private final Deque<AutoCloseable> people = new ArrayDeque<>();
  private TestServer server;
  private boolean ofAllTests;

  public TestWorld() {
    this(Map.of());
  }

  /// `keys`: dotted keys of parley.yaml that differ from a test's defaults.
  public TestWorld(Map<String, String> keys) {
    this(keys, Clock.SYSTEM);
  }

  public TestWorld(Map<String, String> keys, Clock clock) {
    try {
      this.dir = Files.createTempDirectory("parley-world");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.clock = clock;
    this.server = TestServer.start(dir, keys, clock);
  }

  /// Where the server keeps its data.
  public Path dir() {
    return dir;
  }

  public TestServer server() {
    return server;
  }

  /// Another server over the same data, with `keys` in place of those of the last one. People stay
  /// connected to an address where nobody listens any more.
  public TestServer restart(Map<String, String> keys) {
    server.close();
    server = TestServer.start(dir, keys, clock);
    return server;
  }

  /// Somebody new with the password "secret1", logged in.
  public GrpcPerson register(String name) {
    return joinedBy(GrpcPerson.register(server, name));
  }

  /// The same with rights, such as "admin".
  public GrpcPerson operator(String name, String... rights) {
    GrpcPerson person = register(name);
    String[] words =
        Stream.concat(Stream.of("account", "grant", name), Stream.of(rights))
            .toArray(String[]::new);
    command(words);
    return person;
  }

  /// Somebody new with the password "secret1", who has not logged in. `options`: what else
  /// `account create` is told, such as "--phone".
  public void account(String username, String nickname, String... options) {
    command(
        Stream.concat(
                Stream.of("account", "create", "--username", username, "--nickname", nickname),
                Stream.concat(Stream.of("--password", "secret1"), Stream.of(options)))
            .toArray(String[]::new));
  }

  /// Hangs up for `person` as for everybody else.
  public <T extends AutoCloseable> T joinedBy(T person) {
    people.push(person);
    return person;
  }

  /// Runs a command of the program, which must succeed.
  public void command(String... words) {
    assertEquals(0, TestServer.command(dir, words), () -> String.join(" ", List.of(words)));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ofAllTests = true;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (!ofAllTests) {
      end();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    end();
  }

  private void end() throws Exception {
    try {
      while (!people.isEmpty()) {
        people.pop().close();
      }
    } finally {
      server.close();
    }
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
