package io.parley.account;

import static io.parley.account.AccountWorld.HERE;
import static io.parley.account.AccountWorld.NOBODY;
import static io.parley.account.AccountWorld.PASSWORD;
import static io.parley.account.AccountWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Right;
import io.parley.bus.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is found as what, who is let in, and what operators decide.
class AccountsTest {
  private static final Scheme PLAIN = new Scheme.Plain();

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

  @Test
  void whoIsThere_isFoundByIdAndByName() {
    AccountId ann = world.register("Ann");
    Account stored = world.stored(ann);
    assertEquals(stored, world.accounts.findPresent(ann));
    assertEquals(stored, world.accounts.require(ann));
    assertEquals(stored, world.accounts.findByAlias("ANN"));
    assertEquals(stored, world.accounts.requireByAlias(" ann "));
    assertEquals(stored, world.accounts.findVisible("ann"));
    assertEquals(stored, world.db.read(tx -> world.accounts.findEvenDeleted(tx, ann)));
    assertEquals("Ann", world.accounts.alias(ann, AliasKind.USERNAME));
    world.db.change(tx -> world.accounts.requireExists(tx, ann));
    boolean hidden = world.db.read(tx -> world.accounts.isHidden(tx, ann));
    assertFalse(hidden);
  }

  @Test
  void whoNeverWas_isNotFound() {
    assertNull(world.accounts.findPresent(NOBODY));
    assertNull(world.accounts.findByAlias("nobody"));
    assertNull(world.accounts.findByAlias("x".repeat(129)));
    assertNull(world.accounts.findVisible("nobody"));
    assertNull(world.accounts.alias(NOBODY, AliasKind.USERNAME));
    assertNull(world.accounts.rememberedProfile(NOBODY));
    assertNull(world.db.read(tx -> world.accounts.findEvenDeleted(tx, NOBODY)));
    assertEquals(0, world.accounts.version(NOBODY));
    assertTrue(
        refused(FaultCode.NO_SUCH_ACCOUNT, () -> world.accounts.requireByAlias("nobody"))
            .endsWith("nobody"));
    notThere(NOBODY);
  }

  private static void notThere(AccountId id) {
    List<Runnable> calls =
        List.of(
            () -> world.accounts.require(id),
            () -> world.accounts.requireProfile(id),
            () -> world.db.change(tx -> world.accounts.requireExists(tx, id)),
            () -> world.db.change(tx -> world.accounts.isHidden(tx, id)),
            () -> world.db.change(tx -> world.accounts.setDisabled(tx, id, true)),
            () -> world.db.change(tx -> world.accounts.setRights(tx, id, Set.of(Right.ADMIN))),
            () -> world.accounts.confirm(id, "password", PASSWORD, Code.UNASKED, HERE),
            () -> world.accounts.confirmCode(id, "123456", HERE));
    for (Runnable call : calls) {
      String said = refused(FaultCode.NO_SUCH_ACCOUNT, call);
      assertEquals("no account " + id, said);
    }
  }

  @Test
  void whoWasDeleted_isThereForWhoeverAsksForThatOnly() {
    AccountId bob = world.register("bob");
    assertEquals("bob", world.accounts.requireProfile(bob).loginName());
    world.delete(bob);
    world.accounts.forget(bob);
    assertNull(world.accounts.findPresent(bob));
    assertNull(world.accounts.findByAlias("bob"));
    assertNull(world.accounts.findVisible("bob"));
    notThere(bob);
    @Nullable Account gone = world.db.read(tx -> world.accounts.findEvenDeleted(tx, bob));
    assertEquals(5L, Objects.requireNonNull(gone).deletedAt());
    refused(FaultCode.ACCOUNT_DISABLED, () -> world.accounts.verify("bob", PLAIN, PASSWORD, HERE));
    assertEquals(Map.of(), versions(bob));
    assertNull(standing(bob));
  }

  private static Map<AccountId, Long> versions(AccountId... ids) {
    return world.db.read(tx -> world.accounts.loginVersions(tx, List.of(ids)));
  }

  private static @Nullable Standing standing(AccountId id) {
    return world.db.read(tx -> world.accounts.findStanding(tx, id));
  }

  /// As an older version let two accounts have names that are one now.
  @Test
  void nameThatIsAnothersWhenFolded_isFoundAsItWasRegistered() {
    AccountId first = world.register("Rosa");
    AccountId second = world.register("other rosa");
    world.db.change(
        tx ->
            tx.update(
                "UPDATE account_alias SET folded = ?, original = 'ROSA' WHERE account_id = ?",
                Folding.exact("ROSA"),
                second.value()));
    assertEquals(second, world.accounts.requireByAlias("ROSA").id());
    assertEquals(first, world.accounts.requireByAlias("Rosa").id());
    assertEquals(second, world.accounts.verify("ROSA", PLAIN, PASSWORD, HERE).id());
    refused(FaultCode.ALREADY_EXISTS, () -> world.register("ROSA"));
    boolean taken =
        world.db.write(tx -> !world.store.insertAlias(tx, NOBODY, AliasKind.EMAIL, "ROSA"));
    assertTrue(taken);
  }

  @Test
  void profile_isRememberedUntilItChangesHereOrElsewhere() {
    AccountId carl = world.register("carl");
    assertNull(world.accounts.rememberedProfile(carl));
    Profile read = world.accounts.requireProfile(carl);
    assertEquals(read, world.accounts.rememberedProfile(carl));
    behindItsBack(carl, "Charles");
    assertEquals("carl", world.accounts.requireProfile(carl).account().nickname());
    world.bus.publish(new Event.AccountChanged(carl));
    assertEquals("Charles", world.accounts.requireProfile(carl).account().nickname());
    behindItsBack(carl, "Charlie");
    world.bus.lose();
    assertEquals("Charlie", world.accounts.requireProfile(carl).account().nickname());
    behindItsBack(carl, "Chuck");
    world.accounts.forget(carl);
    assertEquals("Chuck", world.accounts.requireProfile(carl).account().nickname());
  }

  private static void behindItsBack(AccountId id, String nickname) {
    world.db.change(
        tx -> tx.update("UPDATE account SET nickname = ? WHERE id = ?", nickname, id.value()));
  }

  @Test
  void disabledAccount_isOutOfSightAndNotLetIn_untilItIsEnabled() {
    AccountId dora = world.register("dora");
    AccountId other = world.register("dorothy");
    assertEquals(Map.of(dora, 0L, other, 0L), versions(dora, other, NOBODY));
    assertEquals(new Standing(Set.of(), false, false), standing(dora));
    world.disable(dora);
    assertTrue(world.accounts.require(dora).disabled());
    boolean hidden = world.db.read(tx -> world.accounts.isHidden(tx, dora));
    assertTrue(hidden);
    assertNull(world.accounts.findVisible("dora"));
    assertEquals(dora, world.accounts.requireByAlias("dora").id());
    assertEquals(Map.of(other, 0L), versions(dora, other));
    assertNull(standing(dora));
    refused(FaultCode.ACCOUNT_DISABLED, () -> world.accounts.verify("dora", PLAIN, PASSWORD, HERE));
    refused(FaultCode.WRONG_CREDENTIALS, () -> world.accounts.verify("dora", PLAIN, "other", HERE));
    world.db.change(tx -> world.accounts.setDisabled(tx, dora, false));
    assertEquals(dora, world.accounts.verify("dora", PLAIN, PASSWORD, HERE).id());
    assertFalse(world.accounts.require(other).disabled());
  }

  @Test
  void rights_areReplacedAsAWhole() {
    AccountId emma = world.register("emma");
    for (Set<Right> rights :
        List.of(EnumSet.allOf(Right.class), Set.of(Right.MAIL), Set.<Right>of())) {
      world.db.change(tx -> world.accounts.setRights(tx, emma, rights));
      assertEquals(rights, world.accounts.require(emma).rights());
      assertEquals(new Standing(rights, false, false), standing(emma));
    }
  }

  @Test
  void adminThatMayLogIn_isWhatCounts() {
    AccountId finn = world.register("finn");
    assertFalse(hasAdmin());
    world.db.change(tx -> world.accounts.setRights(tx, finn, EnumSet.of(Right.MAIL, Right.ENTRY)));
    assertFalse(hasAdmin());
    world.db.change(tx -> world.accounts.setRights(tx, finn, EnumSet.of(Right.MAIL, Right.ADMIN)));
    assertTrue(hasAdmin());
    world.disable(finn);
    assertFalse(hasAdmin());
    world.db.change(tx -> world.accounts.setDisabled(tx, finn, false));
    world.delete(finn);
    assertFalse(hasAdmin());
  }

  private static boolean hasAdmin() {
    return world.db.read(world.accounts::hasAdmin);
  }

  @Test
  void newPassword_isTheOnlyOne_andEndsWhatWasBeingChecked() {
    AccountId gina = world.register("gina");
    AccountId other = world.register("georgina");
    assertTrue(world.accounts.isPassword(gina, PASSWORD));
    refused(FaultCode.INVALID_FIELD, () -> world.accounts.verifiers("short"));
    Map<String, String> fresh = world.accounts.verifiers("another-1");
    world.db.change(tx -> world.accounts.replacePassword(tx, gina, fresh, true));
    assertFalse(world.accounts.isPassword(gina, PASSWORD));
    assertTrue(world.accounts.isPassword(gina, "another-1"));
    for (Scheme scheme : List.of(PLAIN, new Scheme.Entry(), new Scheme.Signed("salt"))) {
      String wire = scheme.wire("another-1");
      assertEquals(gina, world.accounts.verify("gina", scheme, wire, HERE).id());
    }
    assertTrue(world.accounts.require(gina).passwordExpired());
    assertEquals(new Standing(Set.of(), true, false), standing(gina));
    assertEquals(Map.of(gina, 1L, other, 0L), versions(gina, other));
    world.db.change(tx -> world.accounts.replacePassword(tx, gina, fresh, false));
    assertFalse(world.accounts.require(gina).passwordExpired());
    assertEquals(2, world.accounts.require(gina).loginVersion());
    assertTrue(world.accounts.isPassword(other, PASSWORD));
    assertFalse(world.accounts.isPassword(NOBODY, PASSWORD));
  }

  @Test
  void askingForThePasswordAgain_saysWhichFieldIsWrong_andCounts() {
    AccountId hans = world.register("hans");
    world.accounts.confirm(hans, "old_password", PASSWORD, Code.UNASKED, HERE);
    for (int i = 0; i < 5; i++) {
      assertEquals(
          "old_password: is not the account's password",
          refused(FaultCode.INVALID_FIELD, () -> confirm(hans, "other-1", Code.UNASKED)));
    }
    refused(FaultCode.THROTTLED, () -> confirm(hans, "other-1", Code.UNASKED));
  }

  private static void confirm(AccountId id, String password, Code code) {
    Source other = Source.ofAddress("10.0.0.2");
    world.accounts.confirm(id, "old_password", password, code, other);
  }

  @Test
  void secondFactor_isAskedForWhereAContractCan() {
    AccountId ida = world.register("ida");
    String secret = world.factors.begin(ida, "ida").secret();
    world.db.write(tx -> world.factors.turnOn(tx, ida, code(secret)));
    assertTrue(Objects.requireNonNull(standing(ida)).secondFactor());
    assertEquals(Map.of(ida, 1L), versions(ida));
    world.clock.advance(Duration.ofSeconds(30));
    refused(FaultCode.WRONG_CREDENTIALS, () -> world.accounts.verify("ida", PLAIN, PASSWORD, HERE));
    refused(FaultCode.SECOND_FACTOR_NEEDED, () -> confirm(ida, PASSWORD, Code.of("")));
    assertTrue(
        refused(FaultCode.INVALID_FIELD, () -> confirm(ida, PASSWORD, Code.of("000000000")))
            .startsWith("totp_code"));
    assertTrue(
        refused(FaultCode.INVALID_FIELD, () -> world.accounts.confirmCode(ida, "000000000", HERE))
            .startsWith("totp_code"));
    refused(FaultCode.TOO_LARGE, () -> world.accounts.confirmCode(ida, "0".repeat(65), HERE));
    world.accounts.confirmCode(ida, code(secret), HERE);
    world.clock.advance(Duration.ofSeconds(30));
    confirm(ida, PASSWORD, Code.of(code(secret)));
    world.clock.advance(Duration.ofSeconds(30));
    Account in = world.accounts.verify("ida", PLAIN, PASSWORD, Code.of(code(secret)), HERE);
    assertEquals(ida, in.id());
    assertTrue(in.secondFactor());
  }

  private static String code(String secret) {
    return Authenticator.code(secret, world.clock.millis());
  }

  @Test
  void handle_isAUsername_thenANicknameToLogInWith_elseTheId() {
    Map<AliasKind, String> all = Map.of(AliasKind.USERNAME, "karl", AliasKind.NICKNAME, "Karlchen");
    assertEquals("karl", handles(all));
    assertEquals("Lotte", handles(Map.of(AliasKind.NICKNAME, "Lotte", AliasKind.EMAIL, "l@b.c")));
    String id = handles(Map.of(AliasKind.PHONE, "13800138000"));
    assertTrue(id.startsWith("#"), id);
    assertNotEquals(id, handles(Map.of(AliasKind.PHONE, "13800138001")));
  }

  /// The one handle that the account has wherever it is read.
  private static String handles(Map<AliasKind, String> names) {
    Account made =
        world.accounts.register(AccountWorld.registration(names, "somebody"), Source.OPERATOR);
    assertEquals(made, world.accounts.require(made.id()));
    assertEquals(made, world.accounts.requireProfile(made.id()).account());
    names.values().forEach(name -> assertEquals(made, world.accounts.requireByAlias(name)));
    return made.handle();
  }
}
