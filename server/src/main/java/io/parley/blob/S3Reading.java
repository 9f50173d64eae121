package io.parley.blob;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// A part of an object being read. Where the connection is cut it goes on with another from the
/// byte that it had come to, a few times.
final class S3Reading extends InputStream {
  private final S3Calls calls;
  private final String key;
  private final long end;
  private long at;
  private int cuts;
  private boolean closed;
  private @Nullable ResponseInputStream<GetObjectResponse> in;

  /// Takes a place among those who read, until it is closed.
  ///
  /// @throws Fault NOT_FOUND, UNAVAILABLE, BUSY
  S3Reading(S3Calls calls, String key, long from, long length) {
    this.calls = calls;
    this.key = key;
    this.at = from;
    this.end = from + length;
    calls.beginReading();
    try {
      in = open();
    } catch (RuntimeException | Error e) {
      calls.endReading();
      throw e;
    }
  }

  private ResponseInputStream<GetObjectResponse> open() {
    ResponseInputStream<GetObjectResponse> found =
        calls.find(
            client ->
                client.getObject(
                    get ->
                        get.bucket(calls.settings().address().bucket())
                            .key(key)
                            .range("bytes=" + at + '-' + (end - 1))));
    if (found == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "no such upload");
    }
    Long length = found.response().contentLength();
    if (length == null || length != end - at) {
      found.abort();
      throw calls.failed(new IOException("another length than was asked for: " + length));
    }
    return found;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (closed) {
      throw new IOException("closed");
    }
    if (at == end || length == 0) {
      return at == end ? -1 : 0;
    }
    while (true) {
      try {
        int read = in == null ? -1 : in.read(bytes, from, (int) Math.min(length, end - at));
        if (read > 0) {
          at += read;
          return read;
        }
        cut(new IOException("it ended " + (end - at) + " bytes too early"));
      } catch (IOException e) {
        cut(e);
      }
    }
  }

  /// @throws IOException `why` if that was once too often, or the reader was interrupted
  private void cut(IOException why) throws IOException {
    leave();
    if (Thread.currentThread().isInterrupted()) {
      throw why;
    }
    cuts++;
    Fault failed = calls.failed(why);
    if (cuts >= calls.settings().tries()) {
      throw new IOException(failed.text(), why);
    }
    in = open();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// What is left is not waited for.
  private void leave() {
    if (in != null) {
      in.abort();
      in = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (in != null && at == end) {
        in.close(); // the connection can be used again
      } else {
        leave();
      }
    } finally {
      calls.endReading();
    }
  }
}
