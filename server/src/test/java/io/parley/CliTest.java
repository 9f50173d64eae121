package io.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
  @TempDir Path dir;

  @Test
  void accounts_canBeMadeChangedAndDisabled() {
    assertEquals(0, run("account", "create", "--nickname", "Ann", "--password", "secret1"));
    assertEquals(1, run("account", "create", "--nickname", "ANN", "--password", "secret1"));
    assertEquals(0, run("account", "passwd", "ann", "--password", "changed1"));
    assertEquals(1, run("account", "passwd", "nobody", "--password", "changed1"));
    assertEquals(0, run("account", "grant", "ann", "admin", "mail"));
    assertEquals(0, run("account", "disable", "ann"));
    assertEquals(0, run("account", "disable", "ann", "--undo"));
    try (TestServer server = TestServer.start(dir)) {
      GrpcPerson.login(server, "ann", "changed1").close();
    }
  }

  @Test
  void token_isFreshAndReadByTheServerAsItIsPrinted() {
    String first = output("token", "create", "--rights", "gateway,MAIL", "--name", "gw-1");
    String second = output("token", "create", "--rights", "entry");
    assertNotEquals(first.lines().findFirst(), second.lines().findFirst());
    String entry = first.lines().skip(2).findFirst().orElseThrow().strip().substring(2);
    Config.ServiceToken token =
        Config.load(null, Map.of(), Map.of("security.service_tokens", "[" + entry + "]"))
            .security()
            .serviceTokens()
            .getFirst();
    assertEquals("gw-1", token.name());
    assertEquals(first.lines().findFirst().orElseThrow(), token.token());
    assertEquals(List.of("gateway", "mail"), token.rights());
    assertEquals(2, Cli.run(new String[] {"token", "create", "--rights", "root"}));
  }

  private static String output(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, Cli.run(words));
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void accounts_ofARunningServer_areLeftAlone() {
    try (TestServer server = TestServer.start(dir)) {
      assertEquals(2, run("account", "create", "--nickname", "Ann", "--password", "secret1"));
      assertTrue(server.port() > 0);
    }
  }

  @Test
  void apps_canBeAddedAndRemoved() {
    assertEquals(0, run("app", "add", "--id", "shop", "--code", "c", "--allow-ip", "10.0.0.0/8"));
    assertEquals(1, run("app", "add", "--id", "shop", "--code", "d"));
    assertEquals(0, run("app", "add", "--id", "random"));
    assertEquals(1, run("app", "add", "--id", "both", "--code", "c", "--unsigned"));
    assertEquals(1, run("app", "add", "--id", "bad", "--code", "c", "--deny-ip", "nowhere"));
    assertEquals(0, run("app", "list"));
    assertEquals(0, run("app", "remove", "shop"));
    assertEquals(1, run("app", "remove", "shop"));
    assertEquals(2, run("app", "add", "--code", "c"));
  }

  @Test
  void backup_ofARunningServer_holdsItsMessages() {
    Path copy = dir.resolve("copy.db");
    long conversation;
    String token;
    try (TestServer server = TestServer.start(dir.resolve("data"));
        GrpcPerson ann = GrpcPerson.register(server, "ann");
        GrpcPerson bob = GrpcPerson.register(server, "bob")) {
      conversation = ann.text(bob.id(), "kept", "").getConversationId();
      token = ann.token();
      assertEquals(0, Cli.run(new String[] {"backup", copy.toString(), "--data", dir + "/data"}));
      ann.text(bob.id(), "after the backup", "");
    }
    Path restored = dir.resolve("restored");
    assertTrue(restored.toFile().mkdir());
    assertTrue(copy.toFile().renameTo(restored.resolve("parley.db").toFile()));
    try (TestServer server = TestServer.start(restored);
        GrpcPerson ann = GrpcPerson.withToken(server, token, 0)) {
      var history =
          ann.conversations()
              .history(
                  io.parley.api.conversation.HistoryRequest.newBuilder()
                      .setConversationId(conversation)
                      .build());
      assertEquals(1, history.getMessageCount());
      assertEquals("kept", history.getMessage(0).getText().getContent());
    }
  }

  @Test
  void wrongUse_endsWith2() {
    assertEquals(2, Cli.run(new String[] {"serve", "--prt", "1"}));
    assertEquals(2, Cli.run(new String[] {"serve", "--set", "server.prt=1"}));
    assertEquals(2, Cli.run(new String[] {"account", "create"}));
    assertEquals(2, Cli.run(new String[] {"nonsense"}));
    assertEquals(0, Cli.run(new String[] {"--help"}));
  }

  @Test
  void serveFlags_readPlainLinesOnly() {
    assertEquals(
        Map.of("server.port", "1", "data.dir", "d", "limits.page_size_max", "5"),
        ServeFlags.read(List.of("--port", "1", "--data=d", "--set", "limits.page_size_max=5")));
    for (List<String> other :
        List.of(
            List.of("--help"),
            List.of("--port"),
            List.of("--port", "--data", "x"),
            List.of("--set", "novalue"),
            List.of("extra"))) {
      assertEquals(null, ServeFlags.read(other), other.toString());
    }
  }

  @Test
  void dataDir_isPrivateAndOwnedByOne() throws Exception {
    Path data = dir.resolve("data");
    try (TestServer server = TestServer.start(data)) {
      assertTrue(server.port() > 0);
      assertEquals(
          "rwx------",
          java.nio.file.attribute.PosixFilePermissions.toString(
              Files.getPosixFilePermissions(data)));
      assertEquals(
          "rw-------",
          java.nio.file.attribute.PosixFilePermissions.toString(
              Files.getPosixFilePermissions(data.resolve("keys/pepper"))));
      assertThrows(Config.Invalid.class, () -> DataDir.open(data));
    }
  }

  private int run(String... args) {
    List<String> line = new java.util.ArrayList<>(List.of(args));
    line.addAll(
        List.of(
            "--data",
            dir.toString(),
            "--set",
            "security.argon2.memory_kib=64",
            "--set",
            "security.argon2.iterations=1"));
    return Cli.run(line.toArray(String[]::new));
  }
}
