package io.parley.messaging;

import io.parley.bus.Audience;
import io.parley.bus.Event;
import org.slf4j.LoggerFactory;

/// Turns a message into the bytes that are pushed: a serialized `conversation.Message`.
@FunctionalInterface
public interface MessageEncoder {
  byte[] encode(Message message);

  /// A message that was committed, as those hear of it who must; where it cannot be encoded, that
  /// there is something to pull.
  ///
  /// @param origin the connection that sent it, 0 for none
  default Event posted(Message message, Audience audience, long origin) {
    try {
      return new Event.MessagePosted(
          message.conversation(), message.seq(), origin, audience, encode(message));
    } catch (RuntimeException | Error e) {
      return missed(message, audience, e);
    }
  }

  /// The same of one that was changed.
  default Event changed(Message message, Audience audience) {
    try {
      return new Event.MessageChanged(
          message.conversation(), message.seq(), audience, encode(message));
    } catch (RuntimeException | Error e) {
      return missed(message, audience, e);
    }
  }

  private static Event missed(Message message, Audience audience, Throwable why) {
    LoggerFactory.getLogger(MessageEncoder.class).error("{} was not pushed", message.id(), why);
    return new Event.Missed(message.conversation(), audience);
  }
}
