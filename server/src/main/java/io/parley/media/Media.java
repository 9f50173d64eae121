package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.blob.BlobNames;
import io.parley.blob.Blobs;
import io.parley.blob.Content;
import io.parley.blob.Incoming;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/// Takes uploads in and says who may send them.
///
/// An upload's name is a keyed hash of what is stored: the same bytes are stored once, and nobody
/// can tell from a name, or by guessing one, what others have uploaded.
public final class Media implements AutoCloseable {
  /// What a picture may be.
  public static final String PICTURES = "JPEG, PNG, GIF or WebP";

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Incoming incoming;
  private final Blobs blobs;
  private final Limits limits;
  private final String publicUrl;
  private final MediaStore store = new MediaStore();
  private final Decoders decoders;
  private final Receivers receivers;
  private final Promises promises = new Promises();
  private final BlobNames names;

  /// `publicUrl`: how browsers reach this server, without a trailing slash; `names`: what uploads
  /// are called.
  public Media(
      Platform platform,
      Incoming incoming,
      Blobs blobs,
      BlobNames names,
      String publicUrl,
      Limits limits) {
    this.db = platform.db();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.incoming = incoming;
    this.blobs = blobs;
    this.publicUrl = publicUrl;
    this.limits = limits;
    this.names = names;
    this.receivers = new Receivers(limits.uploadsMax(), limits.uploadsPerAccountMax());
    this.decoders =
        new Decoders(
            new Decoders.Bounds(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                Math.min(limits.imageMemoryBytesMax(), Runtime.getRuntime().maxMemory() / 3),
                limits.picturesWaitingMax(),
                limits.picturesWaitingPerAccountMax(),
                Duration.ofSeconds(limits.pictureDecodeSMax())));
  }

  /// Checks, re-encodes and stores a picture of the caller's.
  ///
  /// @throws Fault TOO_LARGE (bytes, pixels, scans, memory, time), MALFORMED, QUOTA, BUSY
  public Stored storePicture(Caller caller, byte[] bytes) {
    return storePicture(caller.requireAccount(), 0, bytes.length, () -> bytes);
  }

  /// The same of what was received into `upload`.
  public Stored storePicture(Caller caller, Upload upload) {
    Path received = upload.file();
    try {
      return storePicture(
          caller.requireAccount(),
          upload.promised(),
          Files.size(received),
          () -> Files.readAllBytes(received));
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  /// `promised`: bytes of the account's that were kept for this very picture.
  private Stored storePicture(AccountId account, long promised, long size, Callable<byte[]> bytes) {
    if (size > limits.imageBytesMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "over limits.image_bytes_max of " + limits.imageBytesMax());
    }
    requireRoom(account, promised);
    try (Encoded encoded = encoded(account, bytes)) {
      reserve(account, promised, encoded.all(), () -> encoded.store(blobs));
      return encoded.picture();
    }
  }

  private Encoded encoded(AccountId account, Callable<byte[]> bytes) {
    Picture picture = decoders.run(account, new Cleaning(bytes, limits.imagePixelsMax()));
    return Encoded.of(picture, names, incoming);
  }

  /// A picture that is stored nowhere.
  ///
  /// @param type media type, e.g. `image/jpeg`
  /// @param width,height pixels
  public record Small(byte[] bytes, String type, int width, int height) {}

  /// Any picture made as small as a thumbnail and encoded anew, within the bounds of uploads.
  ///
  /// @throws Fault TOO_LARGE, MALFORMED, BUSY as for an upload of `account`'s
  public Small small(AccountId account, byte[] bytes) {
    Picture whole = decoders.run(account, new Cleaning(() -> bytes, limits.imagePixelsMax()));
    Picture thumbnail = whole.thumbnail();
    Picture small = thumbnail == null ? whole : thumbnail;
    return new Small(small.bytes(), small.type(), small.width(), small.height());
  }

  /// Stores what was received into `upload`: a picture as [#storePicture] does, sound, video and
  /// files as they are.
  ///
  /// @throws Fault TOO_LARGE, MALFORMED for a format that is not taken in, QUOTA, BUSY; UNAVAILABLE
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
        return storePicture(caller, upload);
      }
      String name = names.of(Content.of(received), format.extension());
      Stored stored = new Stored(name, format.type(), size, 0, 0, "");
      reserve(account, upload.promised(), List.of(stored), () -> blobs.take(name, received));
      return stored;
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  /// The same of bytes in memory.
  public Stored store(Caller caller, byte[] bytes) {
    try (Upload upload = receive(caller)) {
      Files.write(upload.file(), bytes);
      return store(caller, upload);
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  /// A place to receive an upload into; to be closed in any case.
  ///
  /// @throws Fault BUSY if `limits.uploads_max` are being received, or
  ///     `limits.uploads_per_account_max` of the caller's; QUOTA if the caller has no room left;
  ///     UNAVAILABLE if the disk has none, or fails
  public Upload receive(Caller caller) {
    AccountId account = caller.requireAccount();
    requireRoom(account, 0);
    return received(place(account), 0);
  }

  /// A place among those who are being received from; what is given back gives it up.
  ///
  /// @throws Fault BUSY as [#receive] does
  Runnable place(AccountId account) {
    return receivers.take(account);
  }

  /// A file for an upload of `bytes` that comes in parts, and takes no place while none comes. They
  /// count as the account's until it is closed.
  ///
  /// @throws Fault QUOTA if the account has no room for so many; UNAVAILABLE if the disk has none,
  ///     or fails
  Upload promise(AccountId account, long bytes) {
    if (!promises.take(account, bytes, limits.uploadQuotaBytesMax() - used(account))) {
      throw overQuota();
    }
    return received(() -> promises.giveBack(account, bytes), bytes);
  }

  private Upload received(Runnable release, long promised) {
    try {
      return new Upload(incoming.receive(), release, incoming.disk(), promised);
    } catch (RuntimeException | Error e) {
      release.run();
      throw e;
    }
  }

  /// Bytes of all uploads of an account.
  public long used(AccountId account) {
    return db.read(tx -> store.used(tx, account));
  }

  /// How anybody reaches a stored upload.
  public String url(Stored stored) {
    return publicUrl + UploadAddress.of(stored.name());
  }

  /// Inside a transaction: `account` sends `url` in `conversation`. Refused as [#requireUsable]
  /// does; whoever is in the conversation may then send it on.
  ///
  /// @param field what to name in a refusal
  /// @throws Fault FORBIDDEN
  public void attach(
      Tx tx, AccountId account, ConversationId conversation, String field, String url) {
    for (String name : requireUsable(tx, account, field, url)) {
      store.share(tx, name, conversation);
    }
  }

  /// Inside a transaction: `account` shows `url` to others. An address that names no upload of this
  /// server is not our matter; an upload must be the account's own or have been sent where it is a
  /// member, however its address is spelled.
  ///
  /// @param field what to name in a refusal
  /// @return the names of the uploads of this server in it
  /// @throws Fault FORBIDDEN
  public List<String> requireUsable(Tx tx, AccountId account, String field, String url) {
    Set<String> names = UploadAddress.names(url);
    boolean here = UploadAddress.isInFolder(url, publicUrl);
    if (here && names.isEmpty()) {
      throw Fault.of(FaultCode.FORBIDDEN, field + ": no upload of the sender's");
    }
    List<String> usable = new ArrayList<>();
    for (String name : names) {
      if (store.owns(tx, account, name) || store.wasShared(tx, account, name)) {
        usable.add(name);
      } else if (here || store.isKnown(tx, name)) {
        throw Fault.of(FaultCode.FORBIDDEN, field + ": no upload of the sender's");
      }
    }
    return usable;
  }

  private void requireRoom(AccountId account, long promised) {
    if (used(account) + promises.of(account) - promised >= limits.uploadQuotaBytesMax()) {
      throw overQuota();
    }
  }

  private Fault overQuota() {
    return Fault.of(
        FaultCode.QUOTA,
        "limits.upload_quota_bytes_max of " + limits.uploadQuotaBytesMax() + " is used up");
  }

  /// Makes uploads the account's, if there is room for all of them, and then stores their bytes:
  /// counted and written in one transaction, before anybody can fetch them. What could not be
  /// stored is not counted, unless another try of the same has stored it.
  ///
  /// @param promised bytes that were kept for these very uploads
  private void reserve(AccountId account, long promised, List<Stored> uploads, Runnable put) {
    List<Long> own =
        db.write(
            tx -> {
              List<Long> inserted = new ArrayList<>();
              for (Stored stored : uploads) {
                long id = ids.next();
                if (store.insert(tx, id, account, stored, clock.millis())) {
                  inserted.add(id);
                }
              }
              long others = promises.of(account) - promised;
              if (store.used(tx, account) + others > limits.uploadQuotaBytesMax()) {
                throw overQuota();
              }
              return inserted;
            });
    try {
      put.run();
    } catch (RuntimeException e) {
      db.change(tx -> own.forEach(id -> store.delete(tx, id)));
      throw e;
    }
    if (own.size() < uploads.size()) {
      // A row may be that of another try, which is still under way and takes it back if it fails.
      db.change(
          tx ->
              uploads.forEach(
                  stored -> store.keep(tx, ids.next(), account, stored, clock.millis())));
    }
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

  /// One of an account's uploads.
  ///
  /// @param name what its bytes are stored under
  public record Own(long id, String name) {}

  /// What the account uploaded, by id: at most `limit` after the one with that id, 0 for the first.
  public List<Own> own(AccountId account, long after, int limit) {
    return db.read(tx -> store.own(tx, account, after, limit));
  }

  @Override
  public void close() {
    decoders.close();
  }
}
