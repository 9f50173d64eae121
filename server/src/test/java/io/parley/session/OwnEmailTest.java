package io.parley.session;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.parley.api.email.BeginEmailRequest;
import io.parley.api.email.ConfirmEmailRequest;
import io.parley.api.email.EmailServiceGrpc;
import io.parley.api.email.EmailStatusRequest;
import io.parley.api.email.EmailStatusResponse;
import io.parley.api.email.RemoveEmailRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.Outbox;
import io.parley.harness.TestClock;
import io.parley.harness.TestWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An account's e-mail address, which counts once a code that was mailed there came back.
class OwnEmailTest {
  private static final String HOME = "ann@example.com";
  private static final String WORK = "Ann.Work@example.org";
  private static final String CODE = "(\\d{4} \\d{4})";
  private static final int INVALID = 2101;
  private static final int TAKEN = 2106;
  private static final int OVER = 2107;

  private final TestClock clock = new TestClock();

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(Map.of("server.public_url", "https://chat.example.com/"), clock);

  private final Outbox outbox = new Outbox(world.dir());
  private final GrpcPerson ann = world.register("ann");

  private static EmailServiceGrpc.EmailServiceBlockingStub emails(GrpcPerson who) {
    return who.with(EmailServiceGrpc.newBlockingStub(who.channel()));
  }

  private static EmailStatusResponse status(GrpcPerson who) {
    return emails(who).emailStatus(EmailStatusRequest.getDefaultInstance());
  }

  private boolean begin(GrpcPerson who, String address) {
    return emails(who)
        .beginEmail(BeginEmailRequest.newBuilder().setEmail(address).setLanguage("en").build())
        .getOutbox();
  }

  private String begun(GrpcPerson who, String address, int mails) {
    assertTrue(begin(who, address));
    return outbox.await(mails, address).part(CODE);
  }

  private static String confirm(GrpcPerson who, String code) {
    return emails(who)
        .confirmEmail(ConfirmEmailRequest.newBuilder().setCode(code).setLanguage("zh-CN").build())
        .getEmail();
  }

  private long refusal(String code) {
    return assertFails(Code.FAILED_PRECONDITION, () -> confirm(ann, code)).getBusinessCode();
  }

  @Test
  void address_countsOnceItsCodeCameBack_andLogsInFromThenOn() {
    String code = begun(ann, HOME, 1);
    assertEquals(HOME, status(ann).getPending());
    assertEquals("", status(ann).getEmail());
    assertFails(
        Code.UNAUTHENTICATED, () -> GrpcPerson.login(world.server(), HOME, "secret1").token());
    assertEquals(
        "https://chat.example.com/#me/email/" + code.replace(" ", ""),
        outbox.await(1, HOME).part("open: (\\S+)"));
    assertEquals(HOME, confirm(ann, code));
    assertTrue(status(ann).getVerified());
    assertEquals(HOME, status(ann).getEmail());
    assertEquals("", status(ann).getPending());
    GrpcPerson.login(world.server(), HOME.toUpperCase(java.util.Locale.ROOT), "secret1").close();
    assertEquals(OVER, refusal(code), "a code is good once");
  }

  @Test
  void change_isToldToTheAddressBefore_inTheLanguageOfWhoAsked() {
    confirm(ann, begun(ann, HOME, 1));
    confirm(ann, begun(ann, WORK, 1));
    assertEquals(WORK, status(ann).getEmail());
    Outbox.Mail told = outbox.await(2, HOME);
    assertTrue(told.subject().contains("邮箱已更改"), told.subject());
    assertFalse(told.text().contains("example.org"), "where it went is nobody else's business");
    assertFails(
        Code.UNAUTHENTICATED, () -> GrpcPerson.login(world.server(), HOME, "secret1").token());
    GrpcPerson bob = world.register("bob");
    confirm(bob, begun(bob, HOME, 3));
    assertEquals(HOME, status(bob).getEmail());
  }

  @Test
  void wrongCodes_areFive_thenTheRightOneIsOverToo() {
    String code = begun(ann, HOME, 1).replace(" ", "");
    String wrong = code.startsWith("0") ? "1" + code.substring(1) : "0" + code.substring(1);
    for (int i = 0; i < 5; i++) {
      assertEquals(
          INVALID, assertFails(Code.INVALID_ARGUMENT, () -> confirm(ann, wrong)).getBusinessCode());
    }
    assertEquals(OVER, refusal(code));
    assertEquals("", status(ann).getPending());
  }

  @Test
  void guessesAtOnce_areFiveTries() throws Exception {
    String code = begun(ann, HOME, 1).replace(" ", "");
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String guess = "%08d".formatted((Integer.parseInt(code) + 1 + i) % 100_000_000);
      guesses.add(
          () ->
              org.junit.jupiter.api.Assertions.assertThrows(
                              StatusRuntimeException.class, () -> confirm(ann, guess))
                          .getStatus()
                          .getCode()
                      == Code.INVALID_ARGUMENT
                  ? 1
                  : 0);
    }
    int looked = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(guesses)) {
        looked += each.get();
      }
    }
    assertEquals(5, looked);
    assertEquals(OVER, refusal(code));
  }

  @Test
  void code_isOverAfterAQuarterOfAnHour_andWithTheNextOne() {
    String first = begun(ann, HOME, 1);
    String second = begun(ann, HOME, 2);
    assertNotEquals(first, second);
    assertFails(Code.INVALID_ARGUMENT, () -> confirm(ann, first));
    clock.advance(Duration.ofMinutes(15));
    assertEquals(OVER, refusal(second));
  }

  @Test
  void code_isOfItsAccountAndAddress() {
    String code = begun(ann, HOME, 1);
    GrpcPerson bob = world.register("bob");
    assertTrue(begin(bob, WORK));
    assertFails(Code.INVALID_ARGUMENT, () -> confirm(bob, code));
    assertTrue(begin(ann, WORK));
    assertFails(Code.INVALID_ARGUMENT, () -> confirm(ann, code));
    assertEquals("", status(ann).getEmail());
  }

  @Test
  void twoWhoWantOneAddress_whoConfirmsFirstHasIt() {
    GrpcPerson bob = world.register("bob");
    String anns = begun(ann, HOME, 1);
    String bobs = begun(bob, HOME, 2);
    confirm(bob, bobs);
    assertEquals(
        TAKEN, assertFails(Code.ALREADY_EXISTS, () -> confirm(ann, anns)).getBusinessCode());
    assertEquals(TAKEN, assertFails(Code.ALREADY_EXISTS, () -> begin(ann, HOME)).getBusinessCode());
    assertEquals(HOME, status(bob).getEmail());
    assertEquals("", status(ann).getEmail());
  }

  @Test
  void delicate_asksForThePasswordAgain_andOldSessionsCannotTakeIt() {
    clock.advance(Duration.ofMinutes(16));
    assertEquals(
        2006, assertFails(Code.FAILED_PRECONDITION, () -> begin(ann, HOME)).getBusinessCode());
    assertFails(
        Code.FAILED_PRECONDITION,
        () -> emails(ann).removeEmail(RemoveEmailRequest.getDefaultInstance()));
    assertEquals(List.of(), outbox.mails());
  }

  @Test
  void mails_toOneAddress_andOfOneAccount_areLimited() {
    for (int i = 0; i < 5; i++) {
      assertTrue(begin(ann, HOME));
    }
    GrpcPerson bob = world.register("bob");
    assertFails(Code.RESOURCE_EXHAUSTED, () -> begin(bob, HOME));
    for (int i = 0; i < 5; i++) {
      assertTrue(begin(ann, "ann" + i + "@example.com"));
    }
    String limit =
        assertFails(Code.RESOURCE_EXHAUSTED, () -> begin(ann, "ann9@example.com")).getMessage();
    assertTrue(limit.contains("limits.account_mails_per_hour_max"), limit);
    assertEquals(10, outbox.mails().size());
    clock.advance(Duration.ofHours(1));
    GrpcPerson again = world.joinedBy(GrpcPerson.login(world.server(), "bob", "secret1"));
    assertTrue(begin(again, HOME));
  }

  @Test
  void whatIsNoAddress_isRefused_andMailsNobody() {
    for (String odd :
        List.of(
            "",
            "ann",
            "ann@",
            "@example.com",
            "<ann@example.com>",
            "a b@example.com",
            "ann@example.com,bob@example.com",
            "ann@example.com\nBcc: bob@example.com",
            "\"ann\"@example.com",
            "ann(x)@example.com",
            "ann@exa_mple.com")) {
      assertEquals(
          INVALID,
          assertFails(Code.INVALID_ARGUMENT, () -> begin(ann, odd)).getBusinessCode(),
          odd);
    }
    assertFails(Code.INVALID_ARGUMENT, () -> begin(ann, "a".repeat(120) + "@example.com"));
    assertEquals(List.of(), outbox.mails());
  }

  @Test
  void nicknameThatIsTheAddress_becomesIt_andTheOnlyNameStays() {
    GrpcPerson eve = world.register("eve@example.com");
    confirm(eve, begun(eve, "Eve@example.com", 1));
    assertTrue(status(eve).getVerified());
    GrpcPerson.login(world.server(), "eve@example.com", "secret1").close();
    RemoveEmailRequest none = RemoveEmailRequest.getDefaultInstance();
    assertFails(Code.FAILED_PRECONDITION, () -> emails(eve).removeEmail(none));
    confirm(ann, begun(ann, HOME, 1));
    var unused = emails(ann).removeEmail(none);
    assertEquals("", status(ann).getEmail());
    assertTrue(outbox.await(2, HOME).subject().contains("another address"));
  }

  @Test
  void code_isNotReadableInTheRecords() throws IOException {
    String code = begun(ann, HOME, 1).replace(" ", "");
    try (Stream<Path> files = Files.list(world.dir())) {
      List<Path> records = files.filter(Files::isRegularFile).toList();
      assertFalse(records.isEmpty());
      for (Path file : records) {
        String stored = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(stored.contains(code), file::toString);
      }
    }
    confirm(ann, code);
  }
}
