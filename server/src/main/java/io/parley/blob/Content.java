package io.parley.blob;

import com.google.common.io.ByteStreams;
import io.parley.base.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes of a known number, which do not change and can be read any number of times.
public interface Content {
  /// Bytes of all of it.
  long size();

  /// Opens a part of it; closing the stream before its end costs nothing more. The stream may wait,
  /// and ends with an IOException what an interrupt of its reader came into.
  ///
  /// @param from 0 … [#size]
  /// @param length from 0 to what is left
  /// @throws Fault UNAVAILABLE or BUSY if it cannot be had now; NOT_FOUND if it is there no more
  InputStream read(long from, long length) throws IOException;

  /// Opens all of it.
  default InputStream read() throws IOException {
    return read(0, size());
  }

  /// What is in memory.
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream read(long from, long length) {
        return new ByteArrayInputStream(bytes, (int) from, (int) length);
      }
    };
  }

  /// What is in a file on disk that stays as it is.
  static Content of(Path file) throws IOException {
    long size = Files.size(file);
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream read(long from, long length) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
          in.skipNBytes(from);
          return ByteStreams.limit(in, length);
        } catch (IOException e) {
          in.close();
          throw e;
        }
      }
    };
  }
}
