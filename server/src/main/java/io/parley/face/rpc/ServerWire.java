package io.parley.face.rpc;

import io.parley.api.admin.Server;
import io.parley.cluster.Figures;
import io.parley.cluster.Nodes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Servers, as operators see them.
final class ServerWire {
  private ServerWire() {}

  static Server server(Nodes.Status status) {
    Server.Builder wire =
        Server.newBuilder()
            .setNumber(status.node().node().number())
            .setEpoch(status.node().node().epoch())
            .setAddress(status.node().address())
            .setVersion(status.node().version())
            .setStartedAt(Times.timestamp(status.node().startedAt()))
            .setHeardAt(Times.timestamp(status.node().beatAt()))
            .setSilentMs(status.silentMs())
            .setAlive(status.alive());
    Figures figures = status.node().figures();
    known(figures.current(), wire::setCurrent);
    known(figures.sockets(), wire::setSockets);
    known(figures.accounts(), wire::setAccounts);
    known(figures.messages(), wire::setMessages);
    known(figures.writesWaiting(), wire::setWritesWaiting);
    known(figures.eventsWaiting(), wire::setEventsWaiting);
    known(figures.heapBytes(), wire::setHeapBytes);
    known(figures.heapMaxBytes(), wire::setHeapMaxBytes);
    known(figures.processor(), wire::setProcessor);
    known(figures.diskFreeBytes(), wire::setDiskFreeBytes);
    return wire.build();
  }

  private static <V> void known(@Nullable V figure, Consumer<V> set) {
    if (figure != null) {
      set.accept(figure);
    }
  }
}
