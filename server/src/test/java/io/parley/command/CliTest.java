package io.parley.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.parley.DataDir;
import io.parley.api.admin.OverviewRequest;
import io.parley.api.user.UserQueryRequest;
import io.parley.config.Config;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  void tokens_areGoodWhetherTheServerRunsOrNot() {
    String first = secret("gw-1", "gateway,MAIL");
    assertEquals(1, run("token", "create", "--rights", "mail", "--name", "gw-1"));
    assertEquals(1, run("token", "create", "--rights", "root", "--name", "gw-9"));
    assertEquals(2, run("token", "create", "--rights", "mail"));
    try (TestServer server = TestServer.start(dir)) {
      String second = secret("gw-2", "entry");
      for (String secret : List.of(first, second)) {
        try (GrpcPerson program = GrpcPerson.withToken(server, secret, 0)) {
          // Known, and without a right to it; an unknown token is UNAUTHENTICATED.
          GrpcPerson.assertFails(
              Status.Code.PERMISSION_DENIED,
              () -> program.users().queryUser(UserQueryRequest.getDefaultInstance()));
        }
      }
      assertEquals(0, run("token", "revoke", "gw-1"));
      assertEquals(1, run("token", "revoke", "gw-1"));
      try (GrpcPerson program = GrpcPerson.withToken(server, first, 0)) {
        GrpcPerson.assertFails(
            Status.Code.UNAUTHENTICATED,
            () -> program.users().queryUser(UserQueryRequest.getDefaultInstance()));
      }
    }
    List<String> listed = output("token", "list").lines().toList();
    assertTrue(listed.get(0).matches("gw-2  entry  made \\S+  used \\S+"), listed.get(0));
    assertTrue(listed.get(1).matches("gw-1  gateway,mail  .*  revoked \\S+"), listed.get(1));
    assertFalse(output("token", "list").contains(first));
  }

  private String secret(String name, String rights) {
    String printed = output("token", "create", "--rights", rights, "--name", name);
    String secret = printed.lines().findFirst().orElseThrow();
    assertTrue(secret.matches("[0-9a-f]{64}"), secret);
    return secret;
  }

  private String output(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, run(words));
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void commands_reachARunningServer() throws Exception {
    try (TestServer server = TestServer.start(dir)) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(dir.resolve("control.sock"))));
      assertEquals(0, run("account", "create", "--nickname", "Ann", "--password", "secret1"));
      assertEquals(1, run("account", "create", "--nickname", "ann", "--password", "secret1"));
      try (GrpcPerson ann = GrpcPerson.login(server, "ann", "secret1")) {
        OverviewRequest any = OverviewRequest.getDefaultInstance();
        GrpcPerson.assertFails(Status.Code.PERMISSION_DENIED, () -> ann.admin().overview(any));
        assertEquals(0, run("account", "grant", "ann", "admin"));
        assertFalse(ann.admin().overview(any).getVersion().isEmpty());
        assertEquals(0, run("account", "passwd", "ann", "--password", "changed1"));
        GrpcPerson.assertFails(Status.Code.UNAUTHENTICATED, () -> ann.admin().overview(any));
      }
      assertEquals(0, run("account", "disable", "ann", "--reason", "on leave"));
      assertEquals(1, run("account", "disable", "nobody"));
      assertEquals(0, run("account", "enable", "ann"));
      GrpcPerson.login(server, "ann", "changed1").close();
      assertEquals(0, run("app", "add", "--id", "shop", "--code", "c"));
      assertTrue(output("app", "list").startsWith("shop  stored"));
    }
    assertFalse(Files.exists(dir.resolve("control.sock")));
    assertTrue(output("app", "list").startsWith("shop  stored"));
  }

  @Test
  void dataFolder_thatIsTakenByAProgramWithoutAServer_isLeftAlone() {
    DataDir taken = DataDir.open(dir);
    try {
      assertEquals(2, run("account", "create", "--nickname", "Ann", "--password", "secret1"));
    } finally {
      taken.close();
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
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(data.resolve("keys/pepper"))));
      assertThrows(Config.Invalid.class, () -> DataDir.open(data));
    }
  }

  private int run(String... args) {
    return TestServer.command(dir, args);
  }
}
