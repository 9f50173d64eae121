package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;

/// Takes uploads in and says who may send them.
public final class Media {
  /// Where uploads are served.
  public static final String PATH = "/media/";

  /// Decoded pictures are large, 4 bytes a pixel: this many at a time.
  private static final int DECODERS = 2;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Blobs blobs;
  private final Limits limits;
  private final String publicUrl;
  private final MediaStore store = new MediaStore();
  private final Semaphore decoders = new Semaphore(DECODERS);
  private final Semaphore receivers;

  /// What uploads stand on.
  public record Engines(Db db, Ids ids, Clock clock, Blobs blobs) {}

  /// `publicUrl`: how browsers reach this server, without a trailing slash.
  public Media(Engines engines, String publicUrl, Limits limits) {
    this.db = engines.db();
    this.ids = engines.ids();
    this.clock = engines.clock();
    this.blobs = engines.blobs();
    this.publicUrl = publicUrl;
    this.limits = limits;
    this.receivers = new Semaphore(limits.uploadsMax());
  }

  /// Checks, re-encodes and stores a picture of the caller's.
  ///
  /// @throws Fault TOO_LARGE (bytes or pixels), MALFORMED, QUOTA
  public Stored storePicture(Caller caller, byte[] bytes) {
    AccountId account = caller.requireAccount();
    if (bytes.length > limits.imageBytesMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "over limits.image_bytes_max of " + limits.imageBytesMax());
    }
    requireRoom(account, 0);
    Picture picture = decode(bytes);
    Picture small = picture.thumbnail();
    String thumbnail = small == null ? "" : put(small);
    String name = put(picture);
    Stored stored = stored(picture, name, thumbnail);
    record(account, stored);
    if (small != null) {
      record(account, stored(small, thumbnail, ""));
    }
    return stored;
  }

  /// Stores what was received into `upload`: a picture as [#storePicture] does, sound, video and
  /// files as they are.
  ///
  /// @throws Fault TOO_LARGE, MALFORMED for a format that is not taken in, QUOTA; UNAVAILABLE
  ///     if the disk fails
  public Stored store(Caller caller, Upload upload) {
    AccountId account = caller.requireAccount();
    Path received = upload.file();
    try {
      long size = Files.size(received);
      if (size > limits.fileBytesMax()) {
        throw Fault.of(
            FaultCode.TOO_LARGE, "over limits.file_bytes_max of " + limits.fileBytesMax());
      }
      Format format = format(received);
      if (format.kind() == Format.Kind.PICTURE) {
        if (size > limits.imageBytesMax()) {
          throw Fault.of(
              FaultCode.TOO_LARGE, "over limits.image_bytes_max of " + limits.imageBytesMax());
        }
        return storePicture(caller, Files.readAllBytes(received));
      }
      requireRoom(account, size);
      String name = sha256(received) + '.' + format.extension();
      blobs.take(name, received);
      Stored stored = new Stored(name, format.type(), size, 0, 0, "");
      record(account, stored);
      return stored;
    } catch (IOException e) {
      throw blobs.failed(e);
    }
  }

  /// The same of bytes in memory.
  public Stored store(Caller caller, byte[] bytes) {
    try (Upload upload = receive(caller)) {
      Files.write(upload.file(), bytes);
      return store(caller, upload);
    } catch (IOException e) {
      throw blobs.failed(e);
    }
  }

  /// A place to receive an upload into; to be closed in any case.
  ///
  /// @throws Fault BUSY if `limits.uploads_max` are being received; QUOTA if the caller has no room
  ///     left; UNAVAILABLE if the disk has none, or fails
  public Upload receive(Caller caller) {
    requireRoom(caller.requireAccount(), 0);
    if (!receivers.tryAcquire()) {
      throw Fault.of(
          FaultCode.BUSY, "limits.uploads_max = " + limits.uploadsMax() + " are being received");
    }
    try {
      return new Upload(blobs.receive(), receivers, blobs.disk());
    } catch (RuntimeException | Error e) {
      receivers.release();
      throw e;
    }
  }

  /// Bytes of all uploads of an account.
  public long used(AccountId account) {
    return db.read(tx -> store.used(tx, account));
  }

  /// How anybody reaches a stored upload.
  public String url(Stored stored) {
    return publicUrl + PATH + stored.name();
  }

  /// Inside a transaction: `account` sends `url` in `conversation`. An address of another server is
  /// not our matter; one of ours must be the account's own upload or have been sent where it is a
  /// member.
  ///
  /// @param field what to name in a refusal
  /// @throws Fault FORBIDDEN
  public void attach(
      Tx tx, AccountId account, ConversationId conversation, String field, String url) {
    requireUsable(tx, account, field, url);
    String name = name(url);
    if (!name.isEmpty()) {
      store.share(tx, name, conversation);
    }
  }

  /// Inside a transaction: `account` shows `url` to others. An address of another server is not our
  /// matter; one of ours must be the account's own upload or have been sent where it is a member.
  ///
  /// @param field what to name in a refusal
  /// @throws Fault FORBIDDEN
  public void requireUsable(Tx tx, AccountId account, String field, String url) {
    String name = name(url);
    if (!name.isEmpty() && !store.owns(tx, account, name) && !store.wasShared(tx, account, name)) {
      throw Fault.of(FaultCode.FORBIDDEN, field + ": no upload of the sender's");
    }
  }

  /// The name of an upload of ours that `url` points to; empty for any other.
  public String name(String url) {
    if (url.startsWith(PATH)) {
      return url.substring(PATH.length());
    }
    String ours = publicUrl + PATH;
    return url.startsWith(ours) ? url.substring(ours.length()) : "";
  }

  private void requireRoom(AccountId account, long bytes) {
    long max = limits.uploadQuotaBytesMax();
    long used = db.read(tx -> store.used(tx, account));
    if (used >= max || used + bytes > max) {
      throw Fault.of(FaultCode.QUOTA, "limits.upload_quota_bytes_max of " + max + " is used up");
    }
  }

  private String put(Picture picture) {
    String name = HexFormat.of().formatHex(sha256().digest(picture.bytes()));
    String full = name + '.' + picture.extension();
    blobs.put(full, picture.bytes());
    return full;
  }

  private void record(AccountId account, Stored stored) {
    db.write(
        tx -> {
          store.insert(tx, ids.next(), account, stored, clock.millis());
          return stored;
        });
  }

  private Picture decode(byte[] bytes) {
    decoders.acquireUninterruptibly();
    try {
      return Pictures.clean(bytes, limits.imagePixelsMax());
    } finally {
      decoders.release();
    }
  }

  private static Stored stored(Picture picture, String name, String thumbnail) {
    return new Stored(
        name, picture.type(), picture.bytes().length, picture.width(), picture.height(), thumbnail);
  }

  private static Format format(Path received) throws IOException {
    try (InputStream in = Files.newInputStream(received)) {
      Format format = Formats.sniff(in.readNBytes(Formats.HEAD));
      if (format == null) {
        throw Fault.of(FaultCode.MALFORMED, "a format that is not taken: " + Formats.ALLOWED);
      }
      return format;
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
