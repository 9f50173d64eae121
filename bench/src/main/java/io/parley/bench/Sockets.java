package io.parley.bench;

import io.parley.bench.report.Progress;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.Opening;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.subject.BenchAccount;
import java.util.List;

/// Opens the sockets of scenarios with traffic.
final class Sockets {
  private static final int PER_SECOND = 1000;

  private Sockets() {}

  /// One for each account, in their order, that hears nothing yet.
  static List<ClientSocket> ofEach(Lanes lanes, List<BenchAccount> accounts) {
    try (Progress progress = new Progress("sockets", accounts.size())) {
      return Opening.open(
          accounts.size(),
          PER_SECOND,
          i -> lanes.connect(accounts.get(i).token(), "bench", SocketListener.SILENT),
          progress::at);
    }
  }
}
