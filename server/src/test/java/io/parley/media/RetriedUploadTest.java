package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Disk;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.blob.BlobNames;
import io.parley.blob.Blobs;
import io.parley.blob.Content;
import io.parley.blob.DiskBlobs;
import io.parley.blob.Incoming;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestStore;
import io.parley.store.Db;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A client that sends an upload again while its first try still waits for the store.
@Timeout(30)
class RetriedUploadTest {
  private static final Caller ANN =
      new Caller(new AccountId(1), null, Set.of(), "127.0.0.1", "test", 0);
  private static final byte[] TEXT = "Some text.".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path dir;
  private Db db;
  private Incoming incoming;
  private FirstFails blobs;
  private Media media;

  /// The first upload waits until it is told to fail; others are stored.
  private static final class FirstFails implements Blobs {
    private final Blobs disk;
    private final AtomicInteger puts = new AtomicInteger();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> fails = new CompletableFuture<>();

    FirstFails(Blobs disk) {
      this.disk = disk;
    }

    @Override
    public void put(String name, Content content) {
      if (puts.incrementAndGet() == 1) {
        begun.complete(null);
        fails.join();
        throw Fault.of(FaultCode.UNAVAILABLE, "the first one fails");
      }
      disk.put(name, content);
    }

    @Override
    public Content find(String name) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<Listed> list(String after) {
      return disk.list(after);
    }

    @Override
    public void delete(String name) {
      disk.delete(name);
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() {
    Limits limits = TestLimits.defaults();
    TestClock clock = new TestClock();
    db = Db.open(TestStore.settings(dir), dir, limits);
    incoming = Incoming.open(dir.resolve("incoming"), new Disk(dir, 0));
    blobs = new FirstFails(new DiskBlobs(dir, incoming));
    media =
        new Media(
            TestPlatform.over(db, clock, 1),
            incoming,
            blobs,
            new BlobNames(new byte[32]),
            "http://127.0.0.1",
            limits);
  }

  @AfterEach
  void close() {
    media.close();
    incoming.close();
    db.close();
  }

  @Test
  void tryThatFailsLate_takesNothingFromTheOneThatWasAnswered() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Stored> first =
          CompletableFuture.supplyAsync(() -> media.store(ANN, TEXT), threads);
      blobs.begun.join();
      Stored stored = media.store(ANN, TEXT);
      blobs.fails.complete(null);
      assertThrows(ExecutionException.class, first::get);
      assertUsable(stored);
    }
  }

  @Test
  void tryThatFailed_isNotCounted_andTheNextOneIs() {
    blobs.fails.complete(null);
    assertThrows(Fault.class, () -> media.store(ANN, TEXT));
    assertEquals(0, media.used(ANN.requireAccount()));
    assertUsable(media.store(ANN, TEXT));
  }

  private void assertUsable(Stored stored) {
    List<String> usable =
        db.read(tx -> media.requireUsable(tx, ANN.requireAccount(), "picture", media.url(stored)));
    assertEquals(List.of(stored.name()), usable);
    assertEquals(TEXT.length, media.used(ANN.requireAccount()));
  }
}
