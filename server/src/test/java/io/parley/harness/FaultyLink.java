package io.parley.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A stretch of network in front of a server on this machine, which does to bytes what networks do.
public final class FaultyLink implements AutoCloseable {
  /// What becomes of bytes from now on, on connections that are open too.
  public enum Fault {
    /// They arrive.
    NONE,
    /// Connections are closed: those that are open, and new ones as soon as they are made.
    REFUSES,
    /// Nothing arrives in either direction, and nobody is told.
    SILENT,
    /// The server's bytes arrive one at a time, ten a second.
    TRICKLES,
    /// A connection is closed when the server has sent so many bytes over it ([#cutAfter]).
    CUTS_ANSWERS,
    /// The same for bytes of the client.
    CUTS_REQUESTS
  }

  /// Brings the client's bytes to the server, until one of them has no more.
  public interface Requests {
    void carry(Socket client, Socket server) throws IOException;
  }

  private static final int PIECE = 4096;

  private final ServerSocket listening;
  private final int target;
  private final @Nullable Requests requests;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong cutsLeft = new AtomicLong();
  private final AtomicLong made = new AtomicLong();
  private volatile Fault fault = Fault.NONE;
  private volatile long cutAfter;

  /// `target`: the port of the server.
  public FaultyLink(int target) {
    this(target, null);
  }

  /// `requests`: what becomes of the client's bytes where that takes to understand them; null: they
  /// arrive as they are.
  public FaultyLink(int target, @Nullable Requests requests) {
    this.target = target;
    this.requests = requests;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// Connections made so far.
  public long connections() {
    return made.get();
  }

  /// Connections that are open.
  public int open() {
    return sockets.size() / 2;
  }

  public void now(Fault fault) {
    this.fault = fault;
    if (fault == Fault.REFUSES) {
      sockets.forEach(this::close);
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /// The next `times` connections that bring so many bytes one way are cut there.
  public void cutAfter(Fault way, long bytes, long times) {
    cutAfter = bytes;
    cutsLeft.set(times);
    now(way);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        made.incrementAndGet();
        if (fault == Fault.REFUSES) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // The listener was closed.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      client.close(); // As if it had found nobody itself.
      return;
    }
    sockets.add(client);
    sockets.add(server);
    Thread.ofVirtual().start(() -> carry(client, server, Fault.CUTS_REQUESTS));
    Thread.ofVirtual().start(() -> carry(server, client, Fault.CUTS_ANSWERS));
    if (fault == Fault.REFUSES) {
      close(client);
      close(server);
    }
  }

  private void carry(Socket from, Socket to, Fault cuts) {
    try {
      if (requests != null && cuts == Fault.CUTS_REQUESTS) {
        requests.carry(from, to);
      } else {
        relay(from, to, cuts);
      }
    } catch (IOException | InterruptedException e) {
      // One side has gone, so the other goes.
    } finally {
      close(from);
      close(to);
    }
  }

  private void relay(Socket from, Socket to, Fault cuts) throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE];
    long carried = 0;
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      awaitSound();
      carried += read;
      if (fault == cuts && carried >= cutAfter && cutsLeft.getAndDecrement() > 0) {
        break;
      }
      if (fault == Fault.TRICKLES && cuts == Fault.CUTS_ANSWERS) {
        trickle(piece, read, out);
      } else {
        out.write(piece, 0, read);
      }
    }
  }

  private synchronized void awaitSound() throws InterruptedException {
    while (fault == Fault.SILENT) {
      wait();
    }
  }

  private void trickle(byte[] piece, int count, OutputStream out)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      out.write(piece, i, 1);
      synchronized (this) {
        if (fault == Fault.TRICKLES) {
          wait(100);
        }
      }
    }
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(this::close);
    now(Fault.NONE);
  }
}
