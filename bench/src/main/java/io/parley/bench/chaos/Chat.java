package io.parley.bench.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendGroupTextMessageResponse;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import java.util.ArrayList;
import java.util.List;

/// A conversation of the run, of two or of a group, and what was acknowledged of it.
final class Chat {
  private static final String TO_USER = "message.MessageService/SendUserTextMessage";
  private static final String TO_GROUP = "message.MessageService/SendGroupTextMessage";

  private final long group;
  private final List<Person> members;
  private final List<Ack> acks = new ArrayList<>();
  private volatile long conversation;

  private Chat(long group, List<Person> members) {
    this.group = group;
    this.members = members;
  }

  static Chat ofTwo(Person one, Person other) {
    return new Chat(0, List.of(one, other));
  }

  static Chat ofGroup(long group, List<Person> members) {
    return new Chat(group, List.copyOf(members));
  }

  List<Person> members() {
    return members;
  }

  /// Its id, 0 while nothing was said.
  long conversation() {
    return conversation;
  }

  /// Sends a message and gives the seq that it was stored under.
  int send(Line line, Person sender, String text, String key) {
    TextMessage content = TextMessage.newBuilder().setContent(text).build();
    try {
      if (group != 0) {
        SendGroupTextMessageRequest request =
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(content)
                .setClientMessageId(key)
                .build();
        SendGroupTextMessageResponse answer =
            SendGroupTextMessageResponse.parseFrom(line.call(TO_GROUP, request));
        conversation = answer.getConversationId();
        return Math.toIntExact(answer.getSeq());
      }
      Person peer = members.getFirst().equals(sender) ? members.getLast() : members.getFirst();
      SendUserTextMessageRequest request =
          SendUserTextMessageRequest.newBuilder()
              .setToUserId(peer.id())
              .setText(content)
              .setClientMessageId(key)
              .build();
      SendUserTextMessageResponse answer =
          SendUserTextMessageResponse.parseFrom(line.call(TO_USER, request));
      conversation = answer.getConversationId();
      return Math.toIntExact(answer.getSeq());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an unreadable answer to a send", e);
    }
  }

  synchronized void acked(Ack ack) {
    acks.add(ack);
  }

  synchronized List<Ack> acks() {
    return List.copyOf(acks);
  }
}
