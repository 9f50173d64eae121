package io.parley.bus;

import io.parley.base.Node;
import java.util.List;

/// What servers that share the store have to know of each other's connections. Of no interest to
/// anybody who is connected, and written where there may be other servers only.
public sealed interface ServerEvent extends Event {
  /// A gateway opened a stream: older ones of it, wherever they are, end.
  ///
  /// @param holder the server that it is connected to
  /// @param since grows with each stream of whichever server
  record GatewayTaken(String gateway, Node holder, long since) implements ServerEvent {}

  /// `asker` was called for something that `holder` must do.
  ///
  /// @param call what the answer is known by; of one ask only
  /// @param gateway whose stream `holder` has; empty for [GatewayAsk#SEND_TO_ALL]
  /// @param client an account's id; 0 for [GatewayAsk#SEND_TO_ALL]
  /// @param data what is sent to all; else empty. Not to be changed.
  record GatewayAsked(
      long call, Node asker, Node holder, GatewayAsk ask, String gateway, long client, byte[] data)
      implements ServerEvent {}

  /// What became of a [GatewayAsked].
  ///
  /// @param code the name of a `FaultCode`; empty where it was done
  /// @param text the fault's
  /// @param retryMs the fault's; 0 where that does not apply
  record GatewayAnswered(long call, Node asker, String code, String text, long retryMs)
      implements ServerEvent {}

  /// Devices connected: their older connections, wherever they are, close.
  record DevicesCame(List<Arrival> arrivals) implements ServerEvent {}
}
