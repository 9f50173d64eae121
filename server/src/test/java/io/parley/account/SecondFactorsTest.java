package io.parley.account;

import static io.parley.account.AccountWorld.NOBODY;
import static io.parley.account.AccountWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.FaultCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Codes besides the password: how they come, how often one is good, how they go.
class SecondFactorsTest {
  private static final Duration STEP = Duration.ofSeconds(30);

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

  private static String code(String secret) {
    return Authenticator.code(secret, world.clock.millis());
  }

  private static List<String> turnOn(AccountId id, String code) {
    return world.db.write(tx -> world.factors.turnOn(tx, id, code));
  }

  private static void take(AccountId id, String code) {
    world.factors.require(id, code);
  }

  private static void refuse(FaultCode why, AccountId id, String code) {
    assertTrue(refused(why, () -> take(id, code)).startsWith("totp_code: "));
  }

  private static void off(AccountId id) {
    assertEquals(new SecondFactors.Status(false, 0), world.factors.status(id));
    assertFalse(world.accounts.require(id).secondFactor());
    refused(FaultCode.FAILED_PRECONDITION, () -> take(id, "123456"));
    refused(
        FaultCode.FAILED_PRECONDITION,
        () -> world.db.change(tx -> world.factors.renewCodes(tx, id)));
    refused(
        FaultCode.FAILED_PRECONDITION, () -> world.db.change(tx -> world.factors.turnOff(tx, id)));
  }

  @Test
  void secret_isInForceOnceACodeOfItWasShown_andNoOtherMeanwhile() {
    AccountId ann = world.register("ann");
    off(ann);
    refused(FaultCode.FAILED_PRECONDITION, () -> turnOn(ann, "123456"));
    String first = world.factors.begin(ann, "ann").secret();
    off(ann);
    SecondFactors.Begun second = world.factors.begin(ann, "ann of x");
    assertEquals(
        "otpauth://totp/Parley%3Aann%20of%20x?secret="
            + second.secret()
            + "&issuer=Parley&algorithm=SHA1&digits=6&period=30",
        second.uri());
    assertTrue(
        refused(FaultCode.INVALID_FIELD, () -> turnOn(ann, code(first))).startsWith("code: "));
    String spaced = " " + code(second.secret()) + " ".repeat(58);
    refused(FaultCode.INVALID_FIELD, () -> turnOn(ann, spaced));
    off(ann);
    List<String> codes = turnOn(ann, spaced.substring(0, 64));
    assertEquals(new SecondFactors.Status(true, codes.size()), world.factors.status(ann));
    assertTrue(world.accounts.require(ann).secondFactor());
    assertEquals(1, world.accounts.require(ann).loginVersion());
    refused(FaultCode.FAILED_PRECONDITION, () -> world.factors.begin(ann, "ann"));
    world.clock.advance(STEP);
    refused(FaultCode.FAILED_PRECONDITION, () -> turnOn(ann, code(second.secret())));
    take(ann, code(second.secret()));
  }

  @Test
  void code_isGoodOnce_andNoneBeforeItAfterwards() {
    AccountId bob = world.register("bob");
    String secret = world.factors.begin(bob, "bob").secret();
    String shown = code(secret);
    turnOn(bob, shown);
    refuse(FaultCode.SECOND_FACTOR_WRONG, bob, shown);
    world.clock.advance(STEP);
    String next = code(secret);
    take(bob, next);
    refuse(FaultCode.SECOND_FACTOR_WRONG, bob, next);
    refuse(FaultCode.SECOND_FACTOR_WRONG, bob, shown);
  }

  @Test
  void twentyWrongOnesInARow_closeIt_forAnHour_butNotForRecoveryCodes() {
    AccountId carl = world.register("carl");
    String secret = world.factors.begin(carl, "carl").secret();
    List<String> codes = turnOn(carl, code(secret));
    for (int i = 0; i < 19; i++) {
      refuse(FaultCode.SECOND_FACTOR_WRONG, carl, "none");
    }
    world.clock.advance(STEP);
    take(carl, code(secret));
    for (int i = 0; i < 20; i++) {
      refuse(FaultCode.SECOND_FACTOR_WRONG, carl, "none");
    }
    world.clock.advance(Duration.ofHours(1).minusMillis(1));
    refuse(FaultCode.THROTTLED, carl, code(secret));
    take(carl, codes.getFirst());
    refuse(FaultCode.THROTTLED, carl, code(secret));
    world.clock.advance(Duration.ofMillis(1));
    take(carl, code(secret));
  }

  /// A failure that is in the future says nothing of how long ago it was.
  @Test
  void clockThatIsSetBack_locksNobodyOut() {
    AccountId dora = world.register("dora");
    String secret = world.factors.begin(dora, "dora").secret();
    turnOn(dora, code(secret));
    world.clock.step(Duration.ofDays(1));
    for (int i = 0; i < 20; i++) {
      refuse(FaultCode.SECOND_FACTOR_WRONG, dora, "none");
    }
    refuse(FaultCode.THROTTLED, dora, "none");
    world.clock.step(Duration.ofDays(-1).plus(STEP));
    take(dora, code(secret));
  }

  @Test
  void recoveryCodes_areTenOfTheirOwn_goodOnce_howeverTheyAreTyped() {
    AccountId emma = world.register("emma");
    AccountId other = world.register("emmas friend");
    List<String> codes = turnOn(emma, code(world.factors.begin(emma, "emma").secret()));
    turnOn(other, code(world.factors.begin(other, "other").secret()));
    assertEquals(10, new HashSet<>(codes).size());
    codes.forEach(code -> assertTrue(code.matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}"), code));
    take(emma, codes.get(0).toUpperCase(Locale.ROOT).replace('-', ' '));
    refuse(FaultCode.SECOND_FACTOR_WRONG, emma, codes.get(0));
    refuse(FaultCode.SECOND_FACTOR_WRONG, other, codes.get(1));
    take(emma, codes.get(1));
    assertEquals(new SecondFactors.Status(true, 8), world.factors.status(emma));
    assertEquals(new SecondFactors.Status(true, 10), world.factors.status(other));
    List<String> fresh = world.db.write(tx -> world.factors.renewCodes(tx, emma));
    assertEquals(new SecondFactors.Status(true, 10), world.factors.status(emma));
    refuse(FaultCode.SECOND_FACTOR_WRONG, emma, codes.get(2));
    take(emma, fresh.get(9));
  }

  @Test
  void turnedOff_nothingOfItIsLeft_andItCanBeginAnew() {
    AccountId finn = world.register("finn");
    List<String> codes = turnOn(finn, code(world.factors.begin(finn, "finn").secret()));
    world.db.change(tx -> world.factors.turnOff(tx, finn));
    off(finn);
    assertEquals(2, world.accounts.require(finn).loginVersion());
    List<String> fresh = turnOn(finn, code(world.factors.begin(finn, "finn").secret()));
    refuse(FaultCode.SECOND_FACTOR_WRONG, finn, codes.getFirst());
    take(finn, fresh.getFirst());
    refused(FaultCode.FAILED_PRECONDITION, () -> take(NOBODY, "123456"));
  }

  /// Whoever moves a row to another account moves nothing that opens there.
  @Test
  void secretOfAnother_opensForNobodyElse() {
    AccountId gina = world.register("gina");
    AccountId thief = world.register("thief");
    String secret = world.factors.begin(gina, "gina").secret();
    world.db.change(
        tx ->
            tx.update(
                "UPDATE totp SET account_id = ? WHERE account_id = ?",
                thief.value(),
                gina.value()));
    refused(FaultCode.INTERNAL, () -> turnOn(thief, code(secret)));
  }
}
