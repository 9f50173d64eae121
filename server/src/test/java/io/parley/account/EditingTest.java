package io.parley.account;

import static io.parley.account.AccountWorld.NOBODY;
import static io.parley.account.AccountWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.bus.Event;
import io.parley.harness.CoreWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an account says of itself: what changes, what is refused, who hears of it.
class EditingTest {
  private static final String PICTURE = "https://a.b/c.png";

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

  /// The clock, a second after whatever was before.
  private static long later() {
    world.clock.advance(Duration.ofSeconds(1));
    return world.clock.millis();
  }

  private static void edit(
      AccountId id, @Nullable String nickname, @Nullable Gender gender, @Nullable String extra) {
    world.editing.edit(id, new Editing.Edit(nickname, gender, extra));
  }

  private static Account require(AccountId id) {
    return world.accounts.require(id);
  }

  @Test
  void whatIsNotSaid_staysAsItIs() {
    AccountId ann = world.register("ann");
    long named = later();
    edit(ann, "Anna Lee", null, null);
    assertEquals("Anna Lee FEMALE '' " + named, shown(ann));
    long written = later();
    edit(ann, null, null, "likes tea");
    assertEquals("Anna Lee FEMALE 'likes tea' " + written, shown(ann));
    long changed = later();
    edit(ann, null, Gender.MALE, null);
    assertEquals("Anna Lee MALE 'likes tea' " + changed, shown(ann));
    long emptied = later();
    edit(ann, null, null, "");
    assertEquals("Anna Lee MALE '' " + emptied, shown(ann));
  }

  private static String shown(AccountId id) {
    Account now = require(id);
    return "%s %s '%s' %d".formatted(now.nickname(), now.gender(), now.extra(), now.version());
  }

  @Test
  void nameToLogInWith_isNotTheOneThatIsShown() {
    AccountId bob = world.register("bob");
    edit(bob, "Robert", null, null);
    assertEquals(bob, world.accounts.requireByAlias("bob").id());
    assertNull(world.accounts.findByAlias("Robert"));
    assertEquals("bob", require(bob).handle());
  }

  @Test
  void everyChange_isToldAndNothingOldRemembered() {
    AccountId carl = world.register("carl");
    AccountId friend = new AccountId(99);
    world.news.tellTo((tx, account) -> List.of(friend, account));
    assertEquals("carl", world.accounts.requireProfile(carl).account().nickname());
    List<Runnable> changes =
        List.of(
            () -> edit(carl, "Charles", null, null),
            () -> world.accounts.edit(carl, "Charlie", ""),
            () -> world.accounts.setAvatar(carl, PICTURE),
            () ->
                world.editing.complete(
                    carl, new Editing.Completion("carl", PICTURE, "", Gender.UNKNOWN)));
    for (Runnable change : changes) {
      long now = later();
      assertTrue(world.events().size() < 100);
      change.run();
      long version = world.accounts.version(carl);
      assertTrue(version >= now);
      assertEquals(
          List.of(
              new Event.AccountChanged(carl),
              new Event.ProfileChanged(carl, version, List.of(carl, friend))),
          world.events());
      assertEquals(version, world.news.versionLately(carl));
    }
  }

  /// A client asks again for whatever it knows in an older version than it was told.
  @Test
  void changeOfNothing_tellsNoVersionThatIsNotThere() {
    AccountId nele = world.register("nele");
    edit(nele, "Cornelia", null, null);
    long version = world.accounts.version(nele);
    List<Runnable> nothings =
        List.of(() -> edit(nele, null, null, null), () -> world.accounts.edit(nele, "", ""));
    for (Runnable nothing : nothings) {
      later();
      nothing.run();
      assertEquals(version, world.accounts.version(nele));
      assertEquals(version, world.news.versionLately(nele));
    }
  }

  @Test
  void version_growsWithEveryChange_whateverTheClockDoes() {
    AccountId olga = world.register("olga");
    List<Runnable> changes =
        List.of(
            () -> edit(olga, "Olly", null, null),
            () -> edit(olga, null, null, "x"),
            () -> world.accounts.setAvatar(olga, PICTURE),
            () -> world.db.change(tx -> world.accounts.setRights(tx, olga, Set.of())),
            () -> world.db.change(tx -> world.accounts.setDisabled(tx, olga, false)),
            () -> world.db.change(tx -> world.accounts.replacePassword(tx, olga, Map.of(), false)));
    long before = world.stored(olga).version();
    for (Runnable change : changes) {
      change.run();
      long after = world.stored(olga).version();
      assertTrue(after > before, after + " after " + before);
      before = after;
      world.clock.step(Duration.ofHours(-1));
    }
    world.clock.step(Duration.ofHours(changes.size()));
    long now = later();
    edit(olga, "Olga", null, null);
    assertEquals(now, world.accounts.version(olga));
  }

  @Test
  void nicknameAndPicture_changeTogetherOrOneByOne() {
    AccountId dora = world.register("dora");
    world.accounts.edit(dora, "Dorothy", PICTURE);
    assertEquals("Dorothy", require(dora).nickname());
    assertEquals(PICTURE, require(dora).avatarUrl());
    world.accounts.edit(dora, "Dot", "");
    assertEquals("Dot", require(dora).nickname());
    assertEquals(PICTURE, require(dora).avatarUrl());
    long now = later();
    world.accounts.edit(dora, "", "/dot.png");
    assertEquals("Dot", require(dora).nickname());
    assertEquals("/dot.png", require(dora).avatarUrl());
    assertEquals(now, require(dora).updatedAt());
    world.accounts.setAvatar(dora, PICTURE);
    assertEquals(PICTURE, require(dora).avatarUrl());
    assertTrue(
        refused(FaultCode.INVALID_FIELD, () -> world.accounts.setAvatar(dora, ""))
            .startsWith("url: "));
  }

  @Test
  void newDisplayName_isFoundByAndTheOldOneIsNot() {
    AccountId emma = world.register("emma");
    edit(emma, "Rübezahl", null, null);
    assertEquals(List.of(emma), found("RÜBE"));
    world.accounts.edit(emma, "Frau Holle", "");
    assertEquals(List.of(), found("RÜBE"));
    assertEquals(List.of(emma), found("FRAU H"));
  }

  private static List<AccountId> found(String keyword) {
    var page = new Page.Request(1, 20);
    return world.search.named(CoreWorld.NOBODY, keyword, page).rows().stream()
        .map(Account::id)
        .toList();
  }

  @Test
  void whatCannotBe_isRefusedWithItsField_andChangesNothing() {
    AccountId finn = world.register("finn");
    world.register("owner");
    Account before = require(finn);
    field("nickname", FaultCode.TOO_LARGE, () -> edit(finn, "x".repeat(65), null, null));
    field("nickname", FaultCode.INVALID_FIELD, () -> edit(finn, "", null, null));
    field("nickname", FaultCode.INVALID_FIELD, () -> edit(finn, "ADMIN", null, null));
    field("nickname", FaultCode.ALREADY_EXISTS, () -> edit(finn, "Owner", null, null));
    field("extra", FaultCode.TOO_LARGE, () -> edit(finn, null, null, "x".repeat(1001)));
    field("extra", FaultCode.INVALID_FIELD, () -> edit(finn, "Finny", null, "\u0000"));
    field("nickname", FaultCode.TOO_LARGE, () -> picture(finn, "x".repeat(65), ""));
    field("nickname", FaultCode.INVALID_FIELD, () -> picture(finn, "ADMIN", PICTURE));
    field("nickname", FaultCode.ALREADY_EXISTS, () -> picture(finn, "Owner", PICTURE));
    field("url", FaultCode.TOO_LARGE, () -> picture(finn, "Finny", "/" + "x".repeat(2048)));
    field("url", FaultCode.INVALID_FIELD, () -> picture(finn, "Finny", "/a\u0085b"));
    field("url", FaultCode.INVALID_FIELD, () -> picture(finn, "Finny", "javascript:x"));
    assertEquals(before, require(finn));
    edit(finn, null, null, "x".repeat(1000));
    picture(finn, "", "/" + "x".repeat(2047));
    assertEquals(1000, require(finn).extra().length());
    assertEquals(2048, require(finn).avatarUrl().length());
  }

  private static void picture(AccountId id, String nickname, String url) {
    world.accounts.edit(id, nickname, url);
  }

  private static void field(String field, FaultCode code, Runnable change) {
    String said = refused(code, change);
    assertTrue(said.startsWith(field + ": "), said);
  }

  @Test
  void accountThatIsNotThere_isToldSo() {
    AccountId gone = world.register("gone");
    world.delete(gone);
    for (AccountId id : List.of(gone, NOBODY)) {
      refused(FaultCode.NO_SUCH_ACCOUNT, () -> edit(id, "Anybody", null, null));
      refused(FaultCode.NO_SUCH_ACCOUNT, () -> picture(id, "Anybody", ""));
    }
    assertEquals("gone", world.stored(gone).nickname());
  }

  private static Editing.Completion username(String name) {
    return new Editing.Completion(name, PICTURE, "hello", Gender.MALE);
  }

  private static AccountId byPhone(String number) {
    return world.register(AliasKind.PHONE, number);
  }

  @Test
  void completing_setsAllOfIt_andTheUsernameIsForGood() {
    AccountId gina = byPhone("13800138001");
    long now = later();
    world.editing.complete(gina, username("Gina"));
    Account done = require(gina);
    assertEquals("Gina", done.nickname());
    assertEquals("Gina", done.handle());
    assertEquals(PICTURE, done.avatarUrl());
    assertEquals("hello", done.extra());
    assertEquals(Gender.MALE, done.gender());
    assertTrue(done.version() >= now);
    assertEquals(
        new Profile(done, Map.of(AliasKind.USERNAME, "Gina", AliasKind.PHONE, "13800138001")),
        world.accounts.requireProfile(gina));
    world.editing.complete(gina, new Editing.Completion("Gina", "", "", Gender.FEMALE));
    Account again = require(gina);
    assertEquals(Gender.FEMALE, again.gender());
    assertEquals("", again.extra() + again.avatarUrl());
    assertTrue(again.version() > done.version());
    field("username", FaultCode.FAILED_PRECONDITION, () -> complete(gina, "gina"));
    field("username", FaultCode.FAILED_PRECONDITION, () -> complete(gina, "Georgina"));
    assertNull(world.accounts.findByAlias("Georgina"));
  }

  private static void complete(AccountId id, String name) {
    world.editing.complete(id, username(name));
  }

  @Test
  void loginNameOfItsOwn_becomesTheUsername_asItIsSpeltNow() {
    AccountId hans = world.register(AliasKind.NICKNAME, "hans");
    complete(hans, "Hans");
    assertEquals(Map.of(AliasKind.USERNAME, "Hans"), world.accounts.requireProfile(hans).names());
    assertEquals(hans, world.accounts.requireByAlias("HANS").id());
  }

  @Test
  void usernameOfAnother_isTaken_andSoIsOneThatLooksLikeIt() {
    world.register("ingrid");
    AccountId other = byPhone("13800138002");
    for (String name : List.of("ingrid", "Ingrid", "іngrid")) {
      refused(FaultCode.ALREADY_EXISTS, () -> complete(other, name));
    }
    field("nickname", FaultCode.INVALID_FIELD, () -> complete(other, "Admin"));
    assertEquals(
        Map.of(AliasKind.PHONE, "13800138002"), world.accounts.requireProfile(other).names());
    complete(other, "рeter");
    AccountId third = byPhone("13800138003");
    refused(FaultCode.ALREADY_EXISTS, () -> complete(third, "peter"));
  }

  @Test
  void completingWithWhatCannotBe_isRefusedWithItsField() {
    AccountId karl = byPhone("13800138004");
    field("username", FaultCode.INVALID_FIELD, () -> complete(karl, " "));
    field("username", FaultCode.TOO_LARGE, () -> complete(karl, "x".repeat(65)));
    field(
        "avatar",
        FaultCode.INVALID_FIELD,
        () ->
            world.editing.complete(
                karl, new Editing.Completion("karl", "javascript:x", "", Gender.MALE)));
    field(
        "desc",
        FaultCode.TOO_LARGE,
        () ->
            world.editing.complete(
                karl, new Editing.Completion("karl", "", "x".repeat(1001), Gender.MALE)));
    assertNull(world.accounts.findByAlias("karl"));
  }

  @Test
  void completingAnAccountThatIsNotThere_takesNoName() {
    AccountId left = byPhone("13800138005");
    world.delete(left);
    refused(FaultCode.NO_SUCH_ACCOUNT, () -> complete(left, "lost"));
    refused(FaultCode.NO_SUCH_ACCOUNT, () -> complete(NOBODY, "lost"));
    assertEquals("lost", require(world.register("lost")).handle());
  }
}
