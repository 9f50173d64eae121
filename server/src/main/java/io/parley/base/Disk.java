package io.parley.base;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The room left on one disk, and the floor below which nobody may fill it with files: records need
/// the rest.
public final class Disk {
  private static final Logger log = LoggerFactory.getLogger(Disk.class);
  private static final Duration RETRY = Duration.ofMinutes(1);

  /// Below so many floors operators are told.
  private static final int WARN_FLOORS = 4;

  private final Path folder;
  private final LongSupplier usable;
  private final long floor;
  private volatile long free = Long.MAX_VALUE;
  private volatile boolean warned;

  /// The disk that `folder` is on. `floor`: bytes; 0 for none.
  public Disk(Path folder, long floor) {
    this(folder, folder.toFile()::getUsableSpace, floor);
  }

  /// The same with somebody else telling how many bytes are left.
  public Disk(Path folder, LongSupplier usable, long floor) {
    this.folder = folder;
    this.usable = usable;
    this.floor = floor;
  }

  /// Looks how much is left, and warns when it becomes little. Blocks as long as the disk takes.
  public void look() {
    free = usable.getAsLong();
    boolean little = free / WARN_FLOORS < floor;
    if (little && !warned) {
      log.warn(
          "{} bytes are left on the disk of {}; below limits.disk_floor_bytes = {} uploads are"
              + " refused",
          free,
          folder,
          floor);
    }
    warned = little;
  }

  /// Bytes left when it was last looked.
  public long free() {
    return free;
  }

  /// Whether there is room, as far as was last looked. Never blocks.
  ///
  /// @throws Fault UNAVAILABLE if not
  public void requireRoom() {
    if (free < floor) {
      throw Fault.retry(
          FaultCode.UNAVAILABLE,
          "limits.disk_floor_bytes: the server has less than " + floor + " bytes of disk left",
          RETRY);
    }
  }
}
