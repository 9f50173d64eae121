package io.parley.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Blobs in files.
class DiskBlobsTest extends BlobsTest {
  private Incoming incoming;
  private Blobs blobs;

  @BeforeEach
  void open() {
    Path folder = dir.resolve("blobs");
    incoming = Incoming.open(folder.resolve("incoming"), new Disk(folder, 0));
    blobs = new DiskBlobs(folder, incoming);
  }

  @AfterEach
  void close() {
    incoming.close();
  }

  @Override
  Blobs blobs() {
    return blobs;
  }

  @Test
  void otherFiles_arePassedOver() throws Exception {
    String name = put(bytes(10));
    Path folder = dir.resolve("blobs").resolve(name.substring(0, 2));
    Files.writeString(folder.resolve("new123.tmp"), "x");
    Files.writeString(dir.resolve("blobs/README"), "x");
    assertEquals(List.of(new Blobs.Listed(name, 10)), blobs.list(""));
  }
}
