package io.parley.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds wherever blobs are; a subclass says where.
abstract class BlobsTest {
  private static final BlobNames NAMES = new BlobNames(new byte[32]);

  @TempDir Path dir;

  abstract Blobs blobs();

  @Test
  void put_isFoundWhole_andInPart() throws Exception {
    byte[] bytes = bytes(100_000);
    String name = put(bytes);
    Content found = found(name);
    assertEquals(bytes.length, found.size());
    assertArrayEquals(bytes, all(found));
    assertArrayEquals(Arrays.copyOfRange(bytes, 10, 20), part(found, 10, 10));
    assertArrayEquals(Arrays.copyOfRange(bytes, 99_999, 100_000), part(found, 99_999, 1));
    assertEquals(0, part(found, 100_000, 0).length);
  }

  @Test
  void put_ofNothing_isFound() throws Exception {
    String name = put(new byte[0]);
    assertEquals(0, found(name).size());
    assertEquals(0, all(found(name)).length);
  }

  @Test
  void put_ofMoreThanOnePart_isFoundWhole() throws Exception {
    byte[] bytes = bytes((16 << 20) + 1);
    String name = put(bytes);
    assertArrayEquals(bytes, all(found(name)));
    int seam = 8 << 20;
    assertArrayEquals(
        Arrays.copyOfRange(bytes, seam - 5, seam + 5), part(found(name), seam - 5, 10));
  }

  @Test
  void put_again_changesNothing() throws Exception {
    byte[] bytes = bytes(1000);
    String name = put(bytes);
    assertEquals(name, put(bytes));
    assertArrayEquals(bytes, all(found(name)));
    assertEquals(List.of(new Blobs.Listed(name, 1000)), blobs().list(""));
  }

  @Test
  void put_ofOneNameByManyAtOnce_isThereOnce() throws Exception {
    byte[] bytes = bytes(200_000);
    List<Callable<String>> tries = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tries.add(() -> put(bytes));
    }
    String name = NAMES.of(Content.of(bytes), "bin");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> tried : threads.invokeAll(tries)) {
        assertEquals(name, tried.get());
      }
    }
    assertArrayEquals(bytes, all(found(name)));
    assertEquals(1, blobs().list("").size());
  }

  @Test
  void take_ofAReceivedFile_isFound() throws Exception {
    byte[] bytes = bytes(5000);
    String name = NAMES.of(Content.of(bytes), "mp3");
    for (int i = 0; i < 2; i++) {
      Path received = Files.write(dir.resolve("received"), bytes);
      blobs().take(name, received);
      Files.deleteIfExists(received);
    }
    assertArrayEquals(bytes, all(found(name)));
  }

  @Test
  void find_ofWhatIsNotThere_orIsNoName_isNull() {
    assertNull(blobs().find("0".repeat(64) + ".jpg"));
    for (String odd :
        List.of("", "x", "../secret", "p/x", "0".repeat(64), "A".repeat(64) + ".jpg", "%00")) {
      assertNull(blobs().find(odd), odd);
      assertThrows(IllegalArgumentException.class, () -> blobs().delete(odd), odd);
      assertThrows(
          IllegalArgumentException.class, () -> blobs().put(odd, Content.of(new byte[1])), odd);
    }
  }

  @Test
  void delete_takesOut_andMayBeRepeated() throws Exception {
    String name = put(bytes(10));
    assertNotNull(blobs().find(name));
    blobs().delete(name);
    assertNull(blobs().find(name));
    blobs().delete(name);
    assertEquals(name, put(bytes(10)));
    assertNotNull(blobs().find(name));
  }

  @Test
  void list_givesAllNamesOnce_inOrder_pageByPage() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      names.add(put(bytes(i)));
    }
    names.sort(null);
    assertEquals(names, listed(""));
    assertEquals(names.subList(12, 30), listed(names.get(11)));
    assertEquals(List.of(), listed(names.getLast()));
  }

  @Test
  void readers_atOnce_eachGetTheirOwn() throws Exception {
    byte[] bytes = bytes(300_000);
    Content content = found(put(bytes));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> parts =
          IntStream.range(0, 32)
              .mapToObj(i -> threads.submit(() -> part(content, i * 1000L, 100_000)))
              .toList();
      for (int i = 0; i < 32; i++) {
        assertArrayEquals(
            Arrays.copyOfRange(bytes, i * 1000, i * 1000 + 100_000), parts.get(i).get());
      }
    }
  }

  @Test
  void reader_thatStopsEarly_disturbsNobody() throws Exception {
    byte[] bytes = bytes(2_000_000);
    Content content = found(put(bytes));
    for (int i = 0; i < 20; i++) {
      try (InputStream in = content.read()) {
        assertEquals(bytes[0] & 0xff, in.read());
      }
    }
    assertArrayEquals(bytes, all(content));
  }

  @Test
  void names_areChecksums() throws Exception {
    byte[] bytes = bytes(1000);
    String name = put(bytes);
    assertTrue(NAMES.fits(name, found(name)));
    assertFalse(NAMES.fits(name, Content.of(bytes(1001))));
  }

  final String put(byte[] bytes) throws IOException {
    String name = NAMES.of(Content.of(bytes), "bin");
    blobs().put(name, Content.of(bytes));
    return name;
  }

  final Content found(String name) {
    Content found = blobs().find(name);
    if (found == null) {
      throw new AssertionError(name + " is not there");
    }
    return found;
  }

  private List<String> listed(String after) {
    List<String> names = new ArrayList<>();
    String last = after;
    while (true) {
      List<Blobs.Listed> page = blobs().list(last);
      if (page.isEmpty()) {
        return names;
      }
      page.forEach(each -> names.add(each.name()));
      last = page.getLast().name();
    }
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  static byte[] all(Content content) throws IOException {
    try (InputStream in = content.read()) {
      return in.readAllBytes();
    }
  }

  static byte[] part(Content content, long from, long length) throws IOException {
    try (InputStream in = content.read(from, length)) {
      return in.readAllBytes();
    }
  }
}
