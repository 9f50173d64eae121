package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The floor that files may not go below.
class RoomOnDiskTest {
  private long usable = 1000;
  private final Disk disk = new Disk(Path.of("data"), () -> usable, 100);

  @Test
  void room_isWhatWasLastSeen() {
    disk.requireRoom();
    usable = 100;
    disk.look();
    assertEquals(100, disk.free());
    disk.requireRoom();
    usable = 99;
    disk.requireRoom();
    disk.look();
    Fault full = assertThrows(Fault.class, disk::requireRoom);
    assertEquals(FaultCode.UNAVAILABLE, full.code());
    assertTrue(full.text().contains("limits.disk_floor_bytes"), full.text());
    usable = 1000;
    disk.look();
    disk.requireRoom();
  }

  @Test
  void withoutAFloor_thereIsAlwaysRoom() {
    Disk none = new Disk(Path.of("data"), () -> 0, 0);
    none.look();
    none.requireRoom();
  }
}
