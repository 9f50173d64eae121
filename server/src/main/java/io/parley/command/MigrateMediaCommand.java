package io.parley.command;

import io.parley.Core;
import io.parley.DataDir;
import io.parley.base.Clock;
import io.parley.base.Disk;
import io.parley.base.Fault;
import io.parley.blob.BlobNames;
import io.parley.blob.Blobs;
import io.parley.blob.Incoming;
import io.parley.blob.Moving;
import io.parley.config.Config;
import io.parley.config.MediaKeys;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `parley migrate-media`: uploads from the disk to S3, or back. A server may run meanwhile.
@Command(
    name = "migrate-media",
    description =
        "Copy all uploads to another place and read them back there. May be interrupted, and run"
            + " again: it goes on.",
    mixinStandardHelpOptions = true)
final class MigrateMediaCommand implements Callable<Integer> {
  @Mixin private Cli.Settings settings = new Cli.Settings();

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = "disk or s3://…; default: disk, or media.url where --to is disk")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "URL", description = "disk or s3://…; default: media.url")
  private @Nullable String to;

  @Option(
      names = "--delete-source",
      description =
          "afterwards take each upload out of the source, once its copy was read and is the same")
  private boolean deleteSource;

  @Override
  public Integer call() {
    Config config = settings.config();
    MediaKeys keys = config.media();
    String target = to == null ? keys.url() : to;
    String source =
        from != null ? from : target.equals(MediaKeys.DISK) ? keys.url() : MediaKeys.DISK;
    if (source.equals(target)) {
      throw new Config.Invalid("uploads are to go from " + source + " to the same place");
    }
    if (deleteSource && source.equals(keys.url())) {
      throw new Config.Invalid(
          "--delete-source: media.url is " + source + " still; set it to the new place first");
    }
    Path dir = config.data().path().resolve("media");
    Disk disk = new Disk(dir, config.limits().diskFloorBytes());
    try (Incoming incoming = Incoming.open(dir.resolve("incoming"), disk);
        Blobs old = Core.blobs(keys, source, dir, incoming);
        Blobs fresh = Core.blobs(keys, target, dir, incoming)) {
      old.check();
      fresh.check();
      byte[] key = DataDir.existingSecret(config.data().path(), "uploads");
      return move(old, fresh, new BlobNames(key == null ? new byte[32] : key));
    } catch (Blobs.Refused e) {
      throw new Config.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private int move(Blobs old, Blobs fresh, BlobNames names) {
    ProgressLine shown = new ProgressLine(Clock.SYSTEM, System.err, "uploads");
    try {
      Moving.Result result = new Moving(old, fresh, names, shown::at).copy();
      shown.end();
      System.out.println(
          "parley: %,d uploads of %,d bytes are at the target; %,d were copied now, and read back"
              .formatted(result.blobs(), result.bytes(), result.copied()));
      if (result.foreign() > 0) {
        System.out.println(
            "parley: the names of %,d were made with another keys/uploads"
                .formatted(result.foreign()));
      }
      if (deleteSource) {
        ProgressLine deleting = new ProgressLine(Clock.SYSTEM, System.err, "uploads");
        long deleted = new Moving(old, fresh, names, deleting::at).deleteSource();
        deleting.end();
        System.out.println("parley: %,d taken out of the source".formatted(deleted));
      }
      return Cli.OK;
    } catch (Moving.Differs e) {
      System.err.println("parley: " + e.getMessage() + "; nothing more was done");
      return Cli.FAILED;
    } catch (Fault e) {
      System.err.println(
          "parley: " + e.text() + ". What was copied stays; run it again and it goes on");
      return Cli.FAILED;
    }
  }
}
