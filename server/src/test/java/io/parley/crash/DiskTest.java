package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.base.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promises 1 to 3 on a disk that fails and works again, under a load that never gives up.
class DiskTest {
  private static final int EIO = 5;
  private static final int EMFILE = 24;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;

  private static final int WRITES = 0;
  private static final int SYNCS = 1;
  private static final int OPENS = 2;
  private static final int UPLOADS = 3;

  @TempDir Path root;
  private final Ledger ledger = new Ledger();
  private final Load load = new Load(ledger);
  private FileChannel control;
  private CrashServer server;
  private Client ann;
  private Client bob;

  @BeforeEach
  void startAndRegister() throws Exception {
    Path dir = Files.createDirectory(root.resolve("data"));
    Path file = Files.write(root.resolve("data.faildisk"), new byte[8]);
    control = FileChannel.open(file, StandardOpenOption.WRITE);
    String shim = Shim.build("faildisk").toString();
    server = new CrashServer(dir, Map.of("LD_PRELOAD", shim, "FAILDISK", file.toString()));
    ann = Client.register(server.url(), "ann");
    bob = Client.register(server.url(), "bob");
    for (int i = 0; i < 4; i++) {
      Client from = i % 2 == 0 ? ann : bob;
      Client to = i % 2 == 0 ? bob : ann;
      load.sender(from, "/v1/users/" + to.id + "/messages/text", "m" + i);
    }
  }

  @AfterEach
  void kill() throws Exception {
    server.kill();
    control.close();
  }

  @Test
  void diskThatFailsAndWorksAgain_stopsWritesMeanwhile_andLosesAndRepeatsNothing()
      throws Exception {
    failAndMend(WRITES, ENOSPC);
    failAndMend(SYNCS, EIO);
    failAndMend(WRITES, EROFS);
    failAndMend(WRITES, EIO);
    load.finish();
    assertNoViolations();
  }

  /// What was told as failed may be in the log that the next start reads.
  @Test
  void killWhileTheDiskFails_storesARetryOnce() throws Exception {
    for (int round = 0; round < 2; round++) {
      run();
      set(SYNCS, EIO);
      eventually(() -> server.health("/readyz") == 503);
      server.kill();
      set(SYNCS, 0);
      server.start();
    }
    run();
    load.finish();
    assertNoViolations();
  }

  @Test
  void diskThatFailsForUploadsOnly_refusesThem_andStoresMessages() throws Exception {
    assertEquals(200, upload("first"));
    set(UPLOADS, ENOSPC);
    assertEquals(503, upload("second"));
    run();
    assertEquals(200, server.health("/readyz"));
    set(UPLOADS, 0);
    assertEquals(200, upload("second"));
    load.finish();
    assertNoViolations();
  }

  @Test
  void noFileDescriptors_refuseUploads_andStoreMessages() throws Exception {
    set(OPENS, EMFILE);
    assertEquals(503, upload("first"));
    run();
    set(OPENS, 0);
    assertEquals(200, upload("first"));
    load.finish();
    assertNoViolations();
  }

  private void failAndMend(int what, int errno) throws Exception {
    run();
    set(what, errno);
    eventually(() -> server.health("/readyz") == 503);
    assertEquals(200, server.health("/healthz"));
    assertEquals(
        503, post("/v1/users/" + bob.id + "/messages/text", "{\"text\":{\"content\":\"x\"}}"));
    assertTrue(ann.get("/v1/conversations").has("conversation"), "reading goes on");
    set(what, 0);
    eventually(() -> server.health("/readyz") == 200);
    run();
  }

  private void run() {
    int wanted = ledger.acks.size() + 50;
    eventually(() -> ledger.acks.size() >= wanted);
  }

  private void set(int what, int errno) throws IOException {
    control.write(ByteBuffer.wrap(new byte[] {(byte) errno}), what);
  }

  private int upload(String text) throws Exception {
    return post("/v1/files", text.repeat(1_000));
  }

  private int post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(Duration.ofSeconds(20))
            .header("authorization", "Bearer " + ann.token)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
            .build();
    return Client.HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private void assertNoViolations() throws Exception {
    Map<String, Client> readers = new HashMap<>();
    for (JsonNode each : ann.get("/v1/conversations?limit=200").get("conversation")) {
      readers.put(each.get("id").asText(), ann);
    }
    assertEquals(List.of(), ledger.violations(readers));
  }

  private static void eventually(Callable<Boolean> condition) {
    long end = Clock.SYSTEM.nanos() + Duration.ofSeconds(30).toNanos();
    try {
      while (!condition.call()) {
        assertTrue(Clock.SYSTEM.nanos() < end, "it never came true");
        Clock.SYSTEM.sleep(Duration.ofMillis(5));
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
