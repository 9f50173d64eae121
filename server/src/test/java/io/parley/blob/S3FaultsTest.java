package io.parley.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.FaultyLink;
import io.parley.harness.TestS3;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/// S3 that does not answer, answers slowly, is cut off, or will not.
@Timeout(60)
class S3FaultsTest {
  private static final BlobNames NAMES = new BlobNames(new byte[32]);
  private static final int READS_MAX = 4;
  private static final int TRIES = 2;

  /// What the settings below bound any call to, and time for a busy machine.
  private static final long BOUND_MS = 30_000;

  private TestS3 s3;
  private FaultyLink link;
  private S3Blobs blobs;

  @BeforeEach
  void open() {
    s3 = new TestS3();
    link = new FaultyLink(s3.port());
    blobs = new S3Blobs(settings(TestS3.url(link.port()), TestS3.SECRET_KEY));
  }

  @AfterEach
  void close() {
    link.close();
    blobs.close();
    s3.close();
  }

  private static S3Settings settings(String url, String secret) {
    return new S3Settings(
        S3Address.parse(url),
        TestS3.ACCESS_KEY,
        secret,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        TRIES,
        READS_MAX,
        Duration.ZERO);
  }

  @Test
  void s3ThatRefuses_isSilent_orTrickles_isUnavailableInTime_andIsUsedAgainAfterwards()
      throws Exception {
    byte[] bytes = BlobsTest.bytes(100_000);
    String there = put(bytes);
    byte[] more = BlobsTest.bytes(100_001);
    String fresh = NAMES.of(Content.of(more), "bin");
    String other = "0".repeat(64) + ".bin";
    for (FaultyLink.Fault fault :
        List.of(FaultyLink.Fault.REFUSES, FaultyLink.Fault.SILENT, FaultyLink.Fault.TRICKLES)) {
      link.now(fault);
      unavailable(fault + ", put", () -> blobs.put(fresh, Content.of(more)));
      unavailable(fault + ", find", () -> blobs.find(other));
      unavailable(fault + ", list", () -> blobs.list(""));
      assertEquals(0, gauge("parley_s3_answers"));
      link.now(FaultyLink.Fault.NONE);
      assertArrayEquals(bytes, BlobsTest.all(found(there)));
      assertEquals(1, gauge("parley_s3_answers"));
      blobs.put(fresh, Content.of(more));
      assertArrayEquals(more, BlobsTest.all(found(fresh)));
      blobs.delete(fresh);
    }
    assertEquals(0, gauge("parley_s3_reads"));
  }

  @Test
  void answerThatIsCut_goesOnFromThere() throws Exception {
    byte[] bytes = BlobsTest.bytes(3_000_000);
    Content content = found(put(bytes));
    link.cutAfter(FaultyLink.Fault.CUTS_ANSWERS, 1_000_000, 1);
    assertArrayEquals(bytes, BlobsTest.all(content));
    assertEquals(1, gauge("parley_s3_failures_total"));
    assertEquals(0, gauge("parley_s3_reads"));
  }

  @Test
  void answerThatIsAlwaysCut_isGivenUp() throws Exception {
    Content content = found(put(BlobsTest.bytes(3_000_000)));
    link.cutAfter(FaultyLink.Fault.CUTS_ANSWERS, 500_000, Long.MAX_VALUE);
    assertThrows(IOException.class, () -> BlobsTest.all(content));
    assertEquals(0, gauge("parley_s3_reads"));
  }

  @Test
  void uploadThatIsCut_isThereWholeOrNotAtAll() throws Exception {
    for (int size : new int[] {2_000_000, (16 << 20) + 5}) {
      byte[] bytes = BlobsTest.bytes(size);
      String name = NAMES.of(Content.of(bytes), "bin");
      link.cutAfter(FaultyLink.Fault.CUTS_REQUESTS, 1_000_000, Long.MAX_VALUE);
      unavailable("cut", () -> blobs.put(name, Content.of(bytes)));
      link.now(FaultyLink.Fault.NONE);
      assertNull(blobs.find(name));
      // Once more, with one cut only: the try after it brings it whole.
      link.cutAfter(FaultyLink.Fault.CUTS_REQUESTS, 1_000_000, 1);
      blobs.put(name, Content.of(bytes));
      link.now(FaultyLink.Fault.NONE);
      assertArrayEquals(bytes, BlobsTest.all(found(name)));
    }
  }

  /// The counter-test of the check by MD5: without it the server would keep what came.
  @Test
  void bytesThatChangeOnTheirWay_areNotStored() throws Exception {
    byte[] bytes = BlobsTest.bytes(1000);
    String name = NAMES.of(Content.of(bytes), "bin");
    Content changes =
        new Content() {
          @Override
          public long size() {
            return bytes.length;
          }

          @Override
          public InputStream read(long from, long length) throws IOException {
            bytes[0]++;
            return Content.of(bytes).read(from, length);
          }
        };
    unavailable("changed", () -> blobs.put(name, changes));
    assertNull(blobs.find(name));
  }

  @Test
  void callerThatLeaves_endsItsCall() throws Exception {
    link.now(FaultyLink.Fault.SILENT);
    AtomicReference<Fault> told = new AtomicReference<>();
    long connections = link.connections();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    blobs.find("0".repeat(64) + ".bin");
                  } catch (Fault fault) {
                    told.set(fault);
                  }
                });
    Waiting.until(() -> link.connections() > connections);
    caller.interrupt();
    assertTrue(caller.join(Duration.ofMillis(900)), "it waits on");
    assertEquals(FaultCode.UNAVAILABLE, told.get().code());
    assertEquals(0, gauge("parley_s3_reads"));
    assertEquals(0, gauge("parley_s3_failures_total"), "leaving is no failure of S3");
  }

  @Test
  void fiftyReadersOfASilentS3_areAllToldInTime() throws Exception {
    Content content = found(put(BlobsTest.bytes(10_000)));
    link.now(FaultyLink.Fault.SILENT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<FaultCode>> told =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> assertThrows(Fault.class, () -> BlobsTest.all(content)).code()))
              .toList();
      int busy = 0;
      for (Future<FaultCode> each : told) {
        FaultCode code = each.get(BOUND_MS, TimeUnit.MILLISECONDS);
        busy += code == FaultCode.BUSY ? 1 : 0;
        assertTrue(code == FaultCode.BUSY || code == FaultCode.UNAVAILABLE, code.toString());
      }
      assertTrue(busy > 0, "nobody was turned away");
    }
    link.now(FaultyLink.Fault.NONE);
    assertEquals(10_000, BlobsTest.all(content).length);
    assertEquals(0, gauge("parley_s3_reads"));
  }

  @Test
  void readersThatStopInTheMiddle_giveTheirPlacesBack() throws Exception {
    Content content = found(put(BlobsTest.bytes(3_000_000)));
    for (int i = 0; i < 3 * READS_MAX; i++) {
      InputStream in = content.read();
      assertTrue(in.read() >= 0);
      in.close();
      in.close();
    }
    assertEquals(0, gauge("parley_s3_reads"));
    // Those that could be used again are kept, few; no other stays open for bytes nobody wants.
    Waiting.until(() -> link.open() <= READS_MAX);
  }

  @Test
  void check_tellsWhatIsWrong() throws Exception {
    blobs.check();
    String url = TestS3.url(link.port());
    refused("credentials are wrong", settings(url, "another secret"));
    refused("no such bucket", settings(url.replace(TestS3.BUCKET, "elsewhere"), TestS3.SECRET_KEY));
    // Of one that does not answer nobody knows whether it will.
    link.now(FaultyLink.Fault.SILENT);
    CompletableFuture<Void> checked = CompletableFuture.runAsync(blobs::check);
    checked.get(BOUND_MS, TimeUnit.MILLISECONDS);
    try (S3Blobs nobody =
        new S3Blobs(settings(TestS3.url(TestServer.freePort()), TestS3.SECRET_KEY))) {
      nobody.check();
    }
  }

  private static void refused(String told, S3Settings settings) {
    try (S3Blobs wrong = new S3Blobs(settings)) {
      Blobs.Refused refused = assertThrows(Blobs.Refused.class, wrong::check);
      assertTrue(String.valueOf(refused.getMessage()).contains(told), refused.getMessage());
    }
  }

  private static void unavailable(String what, Executable call) {
    long begun = System.nanoTime();
    Fault fault = assertThrows(Fault.class, call, what);
    long took = (System.nanoTime() - begun) / 1_000_000;
    assertEquals(FaultCode.UNAVAILABLE, fault.code(), what);
    assertTrue(fault.retryAfter().isPositive(), what);
    assertTrue(took < BOUND_MS, what + " took " + took + " ms");
  }

  private long gauge(String name) {
    return Objects.requireNonNull(blobs.gauges().get(name)).getAsLong();
  }

  private String put(byte[] bytes) throws IOException {
    String name = NAMES.of(Content.of(bytes), "bin");
    blobs.put(name, Content.of(bytes));
    return name;
  }

  private Content found(String name) {
    Content found = blobs.find(name);
    if (found == null) {
      throw new AssertionError(name + " is not there");
    }
    return found;
  }
}
