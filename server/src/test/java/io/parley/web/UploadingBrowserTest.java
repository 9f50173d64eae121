package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import io.parley.harness.TestUploads;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the web client does about a network that goes in the middle of an upload.
class UploadingBrowserTest extends TwoPeople {
  private static final int LENGTH = 6_000_000;
  private static final int CUT_AT = 4_000_000;

  private final Cable cable;
  private final CountDownLatch cut = new CountDownLatch(1);
  private ChatSteps leis;

  UploadingBrowserTest() throws IOException {
    cable = new Cable();
  }

  @Override
  TestServer serve(Path data) throws IOException {
    TestServer started = TestServer.start(data, Map.of("server.allowed_origins", cable.url()));
    cable.plugInto(started.port());
    return started;
  }

  @Override
  String leisUrl() {
    return cable.url();
  }

  @AfterAll
  void unplug() throws IOException {
    cable.close();
  }

  @BeforeEach
  void takeSteps() {
    leis = new ChatSteps(lei);
  }

  @AfterEach
  void mendCable() throws IOException {
    cut.countDown();
    cable.mend();
  }

  @Test
  void cutUpload_goesOnWhereItWas() throws Exception {
    lei.startChatWith(mira);
    long before = cable.sent();
    cable.after(CUT_AT, this::cutCable);
    leis.pick("file-any", List.of(text()));
    leis.sendOffered();
    cut.await();
    lei.find("cancel-upload");
    long reached = progress();
    lei.screenshot("upload-cut");
    cable.mend();
    lei.until(
        "it is sent",
        () -> {
          long now = progress();
          assertTrue(now >= reached, now + " % after " + reached);
          return now == 100 && lei.all("[data-state=sending]").isEmpty();
        });
    leis.awaitKinds(List.of("file"));
    long sent = cable.sent() - before;
    assertTrue(sent >= LENGTH, "all of it: " + sent);
    // Browsers try by themselves again too; what counts is where the part began that was taken.
    assertTrue(cable.parts().getLast() > CUT_AT / 2, "not from the beginning: " + cable.parts());
    mira.openChatWith(lei);
    new ChatSteps(mira).awaitKinds(List.of("file"));
    assertEquals(0, TestUploads.received(data()));
  }

  @Test
  void givenUpUpload_isForgottenByTheServer() throws Exception {
    lei.startChatWith(mira);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch given = new CountDownLatch(1);
    cable.after(
        CUT_AT,
        () -> {
          held.countDown();
          await(given);
        });
    try {
      leis.pick("file-any", List.of(text()));
      leis.sendOffered();
      held.await();
      Waiting.until(() -> TestUploads.bytesReceived(data()) > 0);
      lei.click("cancel-upload");
      leis.awaitGone("the message", "[data-state=sending]");
      Waiting.until(() -> received() == 0);
    } finally {
      given.countDown();
    }
  }

  private void cutCable() {
    try {
      cable.cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cut.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long received() {
    try {
      return TestUploads.received(data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of 100; 100 also once nothing is uploaded any more.
  private long progress() {
    Object value =
        lei.driver()
            .executeScript("return Math.round(document.querySelector('progress')?.value ?? 100);");
    return ((Number) Objects.requireNonNull(value)).longValue();
  }

  private static Path text() throws IOException {
    return Files.write(
        folder.resolve("long.txt"),
        "Line by line. "
            .repeat(LENGTH / 14 + 1)
            .substring(0, LENGTH)
            .getBytes(StandardCharsets.UTF_8));
  }
}
