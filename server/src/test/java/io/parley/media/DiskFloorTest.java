package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Disk;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFloorTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  @TempDir Path dir;

  @Test
  void belowTheFloor_uploadsAreRefusedByName_andMessagesAreStored() throws Exception {
    Map<String, String> keys = Map.of("limits.disk_floor_bytes", Long.toString(Long.MAX_VALUE / 8));
    try (TestServer server = TestServer.start(dir, keys);
        GrpcPerson ann = GrpcPerson.register(server, "ann");
        GrpcPerson bob = GrpcPerson.register(server, "bob")) {
      HttpRequest upload =
          HttpRequest.newBuilder(URI.create(server.url() + "/v1/files"))
              .header("authorization", "Bearer " + ann.token())
              .POST(HttpRequest.BodyPublishers.ofString("some text that is a file"))
              .build();
      HttpResponse<String> answer = HTTP.send(upload, HttpResponse.BodyHandlers.ofString());
      assertEquals(503, answer.statusCode());
      assertTrue(answer.body().contains("limits.disk_floor_bytes"), answer.body());
      assertEquals(1, ann.text(bob.id(), "hi", "").getSeq());
    }
  }

  @Test
  void diskThatFillsUp_endsWhatIsBeingReceived_untilThereIsRoomAgain() {
    AtomicLong free = new AtomicLong(100);
    Disk disk = new Disk(dir, free::get, 50);
    disk.look();
    assertDoesNotThrow(disk::requireRoom);
    free.set(49);
    disk.look();
    Fault fault = assertThrows(Fault.class, disk::requireRoom);
    assertEquals(FaultCode.UNAVAILABLE, fault.code());
    assertTrue(fault.retryAfter().isPositive());
    free.set(50);
    disk.look();
    assertDoesNotThrow(disk::requireRoom);
  }
}
