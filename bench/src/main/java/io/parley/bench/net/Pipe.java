package io.parley.bench.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// One direction of a connection through some weather. What is read is stamped with when it may
/// arrive and written then, so that a delay is a latency and no limit of the rate.
final class Pipe {
  private static final int PIECE = 16 * 1024;
  private static final int UNDER_WAY = 256;
  private static final Parcel END = new Parcel(new byte[0], 0);

  /// Some bytes; none: the sender has ended its half.
  private record Parcel(byte[] bytes, long dueNanos) {}

  private final BlockingQueue<Parcel> underWay = new ArrayBlockingQueue<>(UNDER_WAY);
  private final Weather weather;
  private final boolean delayed;

  /// `delayed`: whether this is the direction in which a delay counts.
  Pipe(Weather weather, boolean delayed) {
    this.weather = weather;
    this.delayed = delayed;
  }

  /// Copies until `from` ends, and then ends that half of `to`.
  static void straight(Socket from, Socket to) throws IOException {
    byte[] piece = new byte[PIECE];
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      out.write(piece, 0, read);
    }
    to.shutdownOutput();
  }

  /// The same through the weather.
  void run(Socket from, Socket to) throws IOException, InterruptedException {
    Thread reader = Thread.ofVirtual().start(() -> read(from));
    try {
      OutputStream out = to.getOutputStream();
      for (Parcel parcel = underWay.take(); parcel.bytes().length > 0; parcel = underWay.take()) {
        long early = parcel.dueNanos() - System.nanoTime();
        while (early > 0) {
          LockSupport.parkNanos(early);
          early = parcel.dueNanos() - System.nanoTime();
        }
        weather.awaitSound();
        out.write(parcel.bytes());
      }
      weather.awaitSound();
      to.shutdownOutput();
    } finally {
      // It may wait for room that nobody makes any more.
      reader.interrupt();
    }
  }

  private void read(Socket from) {
    byte[] piece = new byte[PIECE];
    try {
      try {
        InputStream in = from.getInputStream();
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
          long due = System.nanoTime() + (delayed ? weather.delayNanos() : 0);
          underWay.put(new Parcel(Arrays.copyOf(piece, read), due));
        }
      } catch (IOException e) {
        // A reset ends the half like an end does: the writer finds out by itself whether the other
        // side still stands.
      }
      underWay.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
