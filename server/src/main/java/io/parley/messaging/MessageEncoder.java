package io.parley.messaging;

/// Turns a message into the bytes that are pushed: a serialized `conversation.Message`.
@FunctionalInterface
public interface MessageEncoder {
  byte[] encode(Message message);
}
