package io.parley.account;

import static io.parley.account.AccountWorld.HERE;
import static io.parley.account.AccountWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which rows can be accounts, and what a batch of them makes.
class ImportsTest {
  private static final String MD5 = "5EBE2294ECD0E0F08EAB7690D2A6EE69"; // of "secret"

  @TempDir private static Path folder;
  private static AccountWorld world;

  @BeforeAll
  static void open() {
    world = new AccountWorld(folder);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  /// What was rejected, as a file of it would have it.
  private static final class Rejected implements Imports.Rejections {
    private final List<String> rows = new ArrayList<>();
    private int durable;

    @Override
    public void reject(long line, String why) {
      rows.add(line + " " + why);
    }

    @Override
    public long flush() {
      durable = rows.size();
      return 100L * durable;
    }

    @Override
    public long count() {
      return rows.size();
    }
  }

  private final Rejected rejected = new Rejected();

  /// A row with these columns, in pairs, and a password.
  private static Imports.Row row(long line, String... columns) {
    Map<String, String> fields = new HashMap<>(Map.of("password", "secret"));
    for (int i = 0; i < columns.length; i += 2) {
      fields.put(columns[i], columns[i + 1]);
    }
    return world.imports.row(line, fields);
  }

  private Imports.Progress submit(String file, Imports.Batch batch) throws Exception {
    CompletableFuture<Imports.Progress> end = new CompletableFuture<>();
    world.imports.submit(
        file,
        batch,
        rejected,
        new Completion<>() {
          @Override
          public void done(Imports.Progress progress) {
            end.complete(progress);
          }

          @Override
          public void failed(Fault fault) {
            end.completeExceptionally(fault);
          }
        });
    return end.get();
  }

  private Imports.Progress submit(String file, Imports.Row... rows) throws Exception {
    return submit(
        file,
        new Imports.Batch(List.of(rows), Imports.Progress.NONE, rows[rows.length - 1].line()));
  }

  @Test
  void row_isAnAccountWithAllThatItSays() throws Exception {
    submit(
        "whole",
        row(
            1,
            "username",
            "Ann",
            "phone",
            "+8613800138000",
            "email",
            "ann@b.c",
            "nickname",
            "Annie",
            "gender",
            "Female"));
    Account ann = world.accounts.requireByAlias("ann");
    long now = world.clock.millis();
    assertEquals(
        Account.fresh(ann.id(), "Annie", "Ann", Gender.FEMALE, "", now),
        world.accounts.require(ann.id()));
    assertEquals(
        Map.of(
            AliasKind.USERNAME,
            "Ann",
            AliasKind.PHONE,
            "+8613800138000",
            AliasKind.EMAIL,
            "ann@b.c"),
        world.accounts.requireProfile(ann.id()).names());
    assertEquals(ann.id(), in("ann@b.c", new Scheme.Plain(), "secret"));
    assertEquals(ann.id(), in("ann", new Scheme.Entry(), new Scheme.Entry().wire("secret")));
  }

  private static AccountId in(String name, Scheme scheme, String wire) {
    return world.accounts.verify(name, scheme, wire, HERE).id();
  }

  @ParameterizedTest
  @CsvSource({
    "username, bob, phone, 13900139000, bob",
    "phone, 13900139001, email, bob@b.c, 13900139001",
    "email, bobby@b.c, gender, 1, bobby@b.c",
    "nickname, Bob Lee, gender, 2, Bob Lee",
  })
  void nicknameThatIsNotSaid_isTheFirstLoginName(
      String first, String one, String second, String two, String nickname) {
    Imports.Row row = row(1, first, one, second, two);
    assertEquals(nickname, row.nickname());
    assertEquals(one, row.aliases().values().iterator().next());
  }

  @Test
  void nickname_isALoginNameOnlyWhereThereIsNoOther() {
    assertEquals(
        Map.of(AliasKind.NICKNAME, "Carl"), row(1, "nickname", "Carl", "phone", "").aliases());
    assertEquals(
        Map.of(AliasKind.USERNAME, "carl"), row(1, "nickname", "C", "username", "carl").aliases());
  }

  @ParameterizedTest
  @CsvSource({
    "'', UNKNOWN",
    "0, UNKNOWN",
    "Unknown, UNKNOWN",
    "1, MALE",
    "MALE, MALE",
    "2, FEMALE",
    "female, FEMALE"
  })
  void gender_isANumberOrAWord(String text, Gender gender) {
    assertEquals(gender, row(1, "username", "dora", "gender", text).gender());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3912E+10", "1234", "123456789012345678901", "+12 345", "12345a"})
  void phone_thatIsNoNumber_isRefused(String phone) {
    wrong("phone", FaultCode.INVALID_FIELD, "phone", phone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"emma", "emma@", "@b.c", "e mma@b.c", "a@b@c", "emma@b.c d"})
  void email_thatIsNoAddress_isRefused(String email) {
    wrong("email", FaultCode.INVALID_FIELD, "email", email);
  }

  @Test
  void rowThatCannotBeAnAccount_isRefusedWithItsColumn() {
    wrong("nickname", FaultCode.INVALID_FIELD);
    wrong("nickname", FaultCode.TOO_LARGE, "username", "finn", "nickname", "x".repeat(65));
    wrong("username", FaultCode.INVALID_FIELD, "username", "fi\u200bnn");
    wrong("username", FaultCode.TOO_LARGE, "username", "x".repeat(65));
    wrong("gender", FaultCode.INVALID_FIELD, "username", "finn", "gender", "3");
    wrong("password", FaultCode.INVALID_FIELD, "username", "finn", "password", "");
    wrong("password", FaultCode.INVALID_FIELD, "username", "finn", "password_md5", MD5);
    wrong("password", FaultCode.INVALID_FIELD, "username", "finn", "password", "12345");
    wrong("password", FaultCode.INVALID_FIELD, "username", "finn", "password", "x".repeat(129));
    wrong("password", FaultCode.INVALID_FIELD, "username", "finn", "password", "secret\u0000");
    wrong("password", FaultCode.INVALID_FIELD, "username", "finn", "password", "secret\ud83d");
    String[] cut = {"username", "finn", "password", "", "password_md5", MD5.substring(1)};
    wrong("password_md5", FaultCode.INVALID_FIELD, cut);
  }

  private static void wrong(String column, FaultCode code, String... columns) {
    String said = refused(code, () -> row(1, columns));
    assertTrue(said.startsWith(column + ":"), said);
  }

  @Test
  void password_hasSixToSoManyCharacters_orIsItsMd5() throws Exception {
    String longest = "x".repeat(world.limits.passwordCharsMax());
    submit(
        "passwords",
        row(1, "username", "gina", "password", longest),
        row(2, "username", "hans", "password", "", "password_md5", MD5));
    assertEquals("gina", world.accounts.requireByAlias("gina").handle());
    AccountId gina = in("gina", new Scheme.Plain(), longest);
    assertEquals("gina", world.accounts.require(gina).handle());
    AccountId hans = in("hans", new Scheme.Entry(), new Scheme.Entry().wire("secret"));
    assertEquals("hans", world.accounts.require(hans).handle());
    refused(FaultCode.WRONG_CREDENTIALS, () -> in("hans", new Scheme.Plain(), "secret"));
  }

  @Test
  void rowThatWasImported_isSkipped_howeverItIsSpelt() throws Exception {
    Imports.Progress after =
        submit(
            "twice",
            row(1, "username", "ida", "email", "ida@b.c"),
            row(2, "username", "IDA", "nickname", "another"),
            row(3, "email", "jan@b.c"),
            row(4, "email", "JAN@b.c"));
    assertEquals(new Imports.Progress(4, 2, 2, 0, 0), after);
    assertEquals("ida", world.accounts.requireByAlias("ida").nickname());
    assertEquals(List.of(), rejected.rows);
  }

  @Test
  void nameOfAnother_isRejected_andNothingOfItsRowStays() throws Exception {
    AccountId owner = world.register(AliasKind.PHONE, "13700137000");
    Imports.Progress after =
        submit(
            "taken",
            row(1, "username", "karl", "phone", "13700137000"),
            row(2, "username", "13700137000"),
            row(3, "username", "lena", "email", "lena@b.c"),
            row(4, "username", "mona", "phone", "13700137001", "email", "LENA@b.c"));
    assertEquals(
        List.of("1 phone: already taken", "2 username: already taken", "4 email: already taken"),
        rejected.rows);
    assertEquals(new Imports.Progress(4, 1, 0, 3, 300), after);
    assertEquals(owner, world.accounts.requireByAlias("13700137000").id());
    for (String none : List.of("karl", "mona", "13700137001")) {
      assertNull(world.accounts.findByAlias(none), none);
    }
    long rows =
        world.db.read(
            tx -> tx.number("SELECT count(*) FROM account WHERE nickname IN ('karl', 'mona')"));
    assertEquals(0, rows);
    // What was not kept is free.
    assertEquals("karl", world.accounts.require(world.register("karl")).handle());
  }

  @Test
  void oneNameOverTwoKinds_isOneLoginName() throws Exception {
    Imports.Progress after = submit("same", row(1, "username", "nina@b.c", "email", "NINA@b.c"));
    assertEquals(new Imports.Progress(1, 1, 0, 0, 0), after);
    AccountId nina = world.accounts.requireByAlias("nina@b.c").id();
    assertEquals(
        Map.of(AliasKind.USERNAME, "nina@b.c"), world.accounts.requireProfile(nina).names());
  }

  @Test
  void nameLikeAnImportedOne_isTakenFromThenOn() throws Exception {
    submit("looks", row(1, "username", "рatricia"));
    refused(
        FaultCode.ALREADY_EXISTS,
        () ->
            world.accounts.register(
                AccountWorld.registration(AliasKind.USERNAME, "patricia"), HERE));
  }

  @Test
  void interruptedImport_goesOnWhereItsLastCommitWas() throws Exception {
    assertEquals(Imports.Progress.NONE, world.imports.resume("file"));
    rejected.reject(1, "what a reader of the file found");
    Imports.Batch first =
        new Imports.Batch(List.of(row(2, "username", "olaf")), Imports.Progress.NONE, 3);
    Imports.Progress before = submit("file", first);
    assertEquals(new Imports.Progress(3, 1, 0, 1, 100), before);
    assertEquals(1, rejected.durable);
    assertEquals(before, world.imports.resume("file"));
    Imports.Batch second =
        new Imports.Batch(
            List.of(row(4, "username", "olaf"), row(5, "username", "paul")), before, 9);
    Imports.Progress after = submit("file", second);
    assertEquals(new Imports.Progress(9, 2, 1, 1, 100), after);
    assertEquals(after, world.imports.resume("file"));
    assertEquals(Imports.Progress.NONE, world.imports.resume("another file"));
    world.imports.finish("file");
    assertEquals(Imports.Progress.NONE, world.imports.resume("file"));
  }

  /// What was rejected could not be made durable: the import does not say that it got there.
  @Test
  void batchThatFails_leavesNeitherAccountsNorProgress() throws Exception {
    Imports.Row quinn = row(1, "username", "quinn");
    Imports.Rejections full =
        new Imports.Rejections() {
          @Override
          public void reject(long line, String why) {}

          @Override
          public long flush() {
            throw Fault.of(FaultCode.UNAVAILABLE, "no room");
          }

          @Override
          public long count() {
            return 0;
          }
        };
    CompletableFuture<FaultCode> end = new CompletableFuture<>();
    world.imports.submit(
        "full",
        new Imports.Batch(List.of(quinn), Imports.Progress.NONE, 1),
        full,
        new Completion<>() {
          @Override
          public void done(Imports.Progress progress) {
            end.completeExceptionally(new AssertionError(progress.toString()));
          }

          @Override
          public void failed(Fault fault) {
            end.complete(fault.code());
          }
        });
    assertEquals(FaultCode.UNAVAILABLE, end.get());
    assertNull(world.accounts.findByAlias("quinn"));
    assertEquals(Imports.Progress.NONE, world.imports.resume("full"));
  }
}
