package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.store.Db;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;

/// Takes pictures in and finds them again.
public final class Media {
  /// Decoded pictures are large, 4 bytes a pixel: this many at a time.
  private static final int DECODERS = 2;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Blobs blobs;
  private final Limits limits;
  private final MediaStore store = new MediaStore();
  private final Semaphore decoders = new Semaphore(DECODERS);

  public Media(Db db, Ids ids, Clock clock, Blobs blobs, Limits limits) {
    this.db = db;
    this.ids = ids;
    this.clock = clock;
    this.blobs = blobs;
    this.limits = limits;
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
    requireRoom(account);
    Picture picture = decode(bytes);
    String name = sha256(picture.bytes()) + '.' + picture.extension();
    blobs.put(name, picture.bytes());
    Stored stored =
        new Stored(name, picture.type(), picture.bytes().length, picture.width(), picture.height());
    return db.write(
        tx -> {
          store.insert(tx, ids.next(), account, stored, clock.millis());
          return stored;
        });
  }

  private void requireRoom(AccountId account) {
    if (db.read(tx -> store.used(tx, account)) >= limits.uploadQuotaBytesMax()) {
      throw Fault.of(
          FaultCode.QUOTA,
          "limits.upload_quota_bytes_max of " + limits.uploadQuotaBytesMax() + " is used up");
    }
  }

  private Picture decode(byte[] bytes) {
    decoders.acquireUninterruptibly();
    try {
      return Pictures.clean(bytes, limits.imagePixelsMax());
    } finally {
      decoders.release();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
