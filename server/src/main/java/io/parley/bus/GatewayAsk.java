package io.parley.bus;

/// What a server may want of another one that holds a gateway's stream.
public enum GatewayAsk {
  REGISTER,
  UNREGISTER,
  SEND_TO_ALL
}
