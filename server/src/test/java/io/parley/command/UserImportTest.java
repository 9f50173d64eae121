package io.parley.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.Core;
import io.parley.account.Scheme;
import io.parley.account.Source;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.config.Config;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserImportTest {
  private static final Source HERE = Source.ofAddress("127.0.0.1");
  private static final String SECRET1 = "e52d98c459819a11775936d8dfbb7929";

  @TempDir Path dir;

  @Test
  void csv_withQuotesAndBothKindsOfPassword_logsIn() throws IOException {
    Path file =
        file(
            "\uFEFFusername,nickname,gender,phone,password,password_md5\r\n"
                + "ann,\"Ann, \"\"the first\"\"\",female,13800000001,secret1,\r\n"
                + "\r\n"
                + "bob,,1,,,"
                + SECRET1.toUpperCase(java.util.Locale.ROOT)
                + "\r\n");
    try (Core core = core()) {
      assertProgress(2, 0, 0, run(core, file));
      assertEquals("Ann, \"the first\"", core.accounts.requireByAlias("ann").nickname());
      assertEquals("bob", core.accounts.requireByAlias("BOB").nickname());
      login(core, "13800000001", new Scheme.Plain(), "secret1");
      login(core, "ann", new Scheme.Entry(), SECRET1);
      login(core, "bob", new Scheme.Entry(), SECRET1);
      assertThrows(Fault.class, () -> login(core, "bob", new Scheme.Plain(), "secret1"));
      assertThrows(Fault.class, () -> login(core, "bob", new Scheme.Entry(), "0" + SECRET1));
    }
    assertFalse(Files.exists(rejected(file)));
  }

  @Test
  void json_again_changesNothing() throws IOException {
    Path file =
        file(
            """
            {"username":"ann","password":"secret1"}
            {"phone":"13800000001","nickname":"Bob","gender":2,"password":"secret1"}
            {"nickname":"cid","password":"secret1","email":null}
            """);
    try (Core core = core()) {
      assertProgress(3, 0, 0, run(core, file));
      long ann = core.accounts.requireByAlias("ann").id().value();
      assertProgress(0, 3, 0, run(core, file));
      assertEquals(ann, core.accounts.requireByAlias("ann").id().value());
      login(core, "cid", new Scheme.Plain(), "secret1");
    }
  }

  @Test
  void badRows_goToTheirOwnFile_whichCanBeImportedOnceCorrected() throws IOException {
    Path file =
        file(
            """
            username,phone,password
            ann,13800000001,secret1
            bob,13800000001,secret1
            ann2,,short
            cid
            %s,,secret1
            13800000001,,secret1
            "dan"",,secret1
            """
                .formatted("x".repeat(65)));
    assertEquals(1, command(file));
    Path rejected = rejected(file);
    assertEquals(
        List.of(
            "username,phone,password,line,reason",
            "ann2,,short,4,\"password: must have 6 to 128 characters\"",
            "cid,5,\"1 fields under 3 columns\"",
            "x".repeat(65) + ",,secret1,6,\"username: longer than 64 characters\"",
            "\"dan\"\",,secret1,8,\"field 1: opens a quote that is not closed on the same line\"",
            "bob,13800000001,secret1,3,\"phone: already taken\"",
            "13800000001,,secret1,7,\"username: already taken\""),
        Files.readAllLines(rejected));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(rejected)));
    Path corrected = file("username,phone,password,line,reason\nbob,13800000002,secret1,3,x\n");
    assertEquals(0, command(corrected));
    try (Core core = core()) {
      assertThrows(Fault.class, () -> core.accounts.requireByAlias("cid"));
      assertEquals("bob", core.accounts.requireByAlias("13800000002").nickname());
    }
  }

  @Test
  void strayQuote_costsItsOwnRowOnly_andAltersNoPassword() throws IOException {
    Path file =
        file(
            """
            username,password
            u1,pa"ss1x
            u2,secret2
            u3,"pw3456
            u4,ab"cd"ef
            u5,"quoted""ok"
            u6,"abcdef"g
            u7,secret7
            """);
    try (Core core = core()) {
      assertProgress(3, 0, 4, run(core, file));
      login(core, "u2", new Scheme.Plain(), "secret2");
      login(core, "u5", new Scheme.Plain(), "quoted\"ok");
      login(core, "u7", new Scheme.Plain(), "secret7");
      for (String refused : List.of("u1", "u3", "u4", "u6")) {
        assertThrows(Fault.class, () -> core.accounts.requireByAlias(refused));
      }
    }
    assertEquals(
        List.of("2", "4", "5", "7"),
        Files.readAllLines(rejected(file)).stream()
            .skip(1)
            .map(row -> row.replaceAll(".*,(\\d+),\"field 2: .*\"", "$1"))
            .toList());
  }

  @Test
  void whatSpreadsheetsAndTyposMakeOfAValue_isRejectedByName() throws IOException {
    Path file =
        file(
            """
            {"username":"a","phone":"1.3912E+10","password":"secret1"}
            {"username":"b","phone":13912345678,"password":"secret1"}
            {"username":"c","phone":"139 1234 5679","password":"secret1"}
            {"username":"d","email":"d at example.com","password":"secret1"}
            {"username":"e","password":"secret\\ud83d"}
            {"username":"f","password":"secret1"} {"username":"g","password":"secret1"}
            {"username":"h","password":"secret1","password":"secret2"}
            {"username":"i","phone":" ","password":"secret1"}
            """);
    try (Core core = core()) {
      assertProgress(1, 0, 7, run(core, file));
      assertEquals("b", core.accounts.requireByAlias("13912345678").nickname());
    }
    assertEquals(
        List.of(
            "phone",
            "phone",
            "email",
            "password",
            "not one JSON object",
            "not one JSON object",
            "phone"),
        Files.readAllLines(rejected(file)).stream()
            .map(row -> row.replaceAll(".*\"reason\":\"([^:\"]*).*", "$1"))
            .toList());
  }

  @Test
  void dryRun_saysWhatTheImportWouldSay_andChangesNothing() throws IOException {
    assertEquals(0, command(file("username,password\nann,secret1\n")));
    Path file =
        file(
            """
            username,phone,password
            ann,,secret1
            bob,13800000001,secret1
            cid,13800000001,secret1
            """);
    assertEquals(
        1,
        TestServer.command(dir.resolve("data"), "import", "users", file.toString(), "--dry-run"));
    assertTrue(
        Files.readString(rejected(file))
            .contains("cid,13800000001,secret1,4,\"phone: already taken\""));
    try (Core core = core()) {
      assertThrows(Fault.class, () -> core.accounts.requireByAlias("bob"));
      assertProgress(1, 1, 1, run(core, file));
    }
    try (var left = Files.list(dir)) {
      assertEquals(List.of(), left.filter(path -> path.toString().contains("dry-run")).toList());
    }
    Path fresh = dir.resolve("elsewhere/data");
    assertEquals(1, TestServer.command(fresh, "import", "users", file.toString(), "--dry-run"));
    assertFalse(Files.exists(fresh));
  }

  @Test
  void interrupted_goesOnWhereItWas() throws IOException {
    StringBuilder rows = new StringBuilder("username,password_md5\n");
    for (int i = 0; i < 25_000; i++) {
      rows.append(i % 10_000 == 7 ? "bad" : "user" + i).append(',');
      rows.append(i % 10_000 == 7 ? "no md5" : SECRET1).append('\n');
    }
    Path file = file(rows.toString());
    try (Core core = core()) {
      AtomicInteger asked = new AtomicInteger();
      UserImport.Outcome first = run(core, file, () -> asked.incrementAndGet() > 12_345);
      assertFalse(first.whole());
      long line = first.progress().line();
      assertTrue(line > 10_000 && line < 14_000, "stopped after line " + line);
      assertEquals(line - 1, first.progress().imported() + first.progress().rejected());
      UserImport.Outcome none = run(core, file, () -> true);
      assertEquals(first.progress(), none.progress());
    }
    try (Core core = core()) {
      UserImport.Outcome second = run(core, file, () -> false);
      assertTrue(second.whole());
      assertProgress(24_997, 0, 3, second);
      assertEquals(4, Files.readAllLines(rejected(file)).size());
      login(core, "user24999", new Scheme.Entry(), SECRET1);
    }
  }

  @Test
  void firstLogin_replacesTheFastHash() throws Exception {
    Path file = file("{\"username\":\"ann\",\"password_md5\":\"" + SECRET1 + "\"}\n");
    try (Core core = core()) {
      var unused = run(core, file);
      assertTrue(verifier(core).startsWith("fast$"));
      assertFalse(verifier(core).contains(SECRET1));
      assertThrows(
          Fault.class, () -> login(core, "ann", new Scheme.Entry(), SECRET1.replace('e', 'f')));
      assertTrue(verifier(core).startsWith("fast$"));
      login(core, "ann", new Scheme.Entry(), SECRET1);
      Waiting.until(() -> !verifier(core).startsWith("fast$"));
      assertTrue(verifier(core).startsWith("$argon2id$"), verifier(core));
      login(core, "ann", new Scheme.Entry(), SECRET1);
    }
  }

  @Test
  void unknownColumnsAndFiles_areRefused() throws IOException {
    assertEquals(2, command(file("username,pasword\nann,secret1\n")));
    assertEquals(2, command(dir.resolve("nowhere.csv")));
    assertEquals(0, command(file("")));
  }

  private static String verifier(Core core) {
    return core.db.read(
        tx -> tx.list("SELECT hash FROM account_verifier", row -> row.getString(1)).getFirst());
  }

  private static void login(Core core, String name, Scheme scheme, String wire) {
    var unused = core.accounts.verify(name, scheme, wire, HERE);
  }

  private static UserImport.Outcome run(Core core, Path file) throws IOException {
    return run(core, file, () -> false);
  }

  private static UserImport.Outcome run(Core core, Path file, BooleanSupplier stopping)
      throws IOException {
    return new UserImport(core.imports, file, Clock.SYSTEM, stopping).run();
  }

  private static void assertProgress(
      long imported, long skipped, long rejected, UserImport.Outcome outcome) {
    assertEquals(
        List.of(imported, skipped, rejected),
        List.of(
            outcome.progress().imported(),
            outcome.progress().skipped(),
            outcome.progress().rejected()));
  }

  private int command(Path file) {
    return TestServer.command(dir.resolve("data"), "import", "users", file.toString());
  }

  private Core core() {
    return new Core(
        Config.load(
            null,
            Map.of(),
            Map.of(
                "data.dir",
                dir.resolve("data").toString(),
                "security.throttle",
                "off",
                "security.argon2.memory_kib",
                "64")),
        Clock.SYSTEM,
        Entropy.SYSTEM);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("users.csv"), text);
  }

  private static Path rejected(Path file) {
    return file.resolveSibling("users.csv.rejected");
  }
}
