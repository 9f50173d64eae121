package io.parley.bench.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.api.conversation.Conversation;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.HistoryResponse;
import io.parley.api.conversation.Message;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.conversation.SyncResponse;
import io.parley.bench.wire.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a device pulls: pages of Sync, and History.
final class Pulls {
  private static final String SYNC = "conversation.ConversationService/Sync";
  private static final String HISTORY = "conversation.ConversationService/History";
  private static final int PAGE = 200;

  private Pulls() {}

  /// One page of Sync: notes the newest seq of each conversation in `newest` and gives the answer.
  static SyncResponse page(Line line, String cursor, int limit, Map<Long, Integer> newest) {
    try {
      SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).setLimit(limit).build();
      SyncResponse page = SyncResponse.parseFrom(line.call(SYNC, request));
      for (Conversation each : page.getConversationList()) {
        newest.merge(each.getId(), Math.toIntExact(each.getLastSeq()), Math::max);
      }
      return page;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an unreadable answer to Sync", e);
    }
  }

  /// All messages of a conversation above `after`, ascending.
  static List<Stored> history(Line line, long conversation, int after) {
    List<Stored> all = new ArrayList<>();
    long from = after;
    while (true) {
      List<Message> page = page(line, conversation, from);
      for (Message message : page) {
        all.add(stored(message));
        from = message.getSeq();
      }
      if (page.size() < PAGE) {
        return all;
      }
    }
  }

  private static List<Message> page(Line line, long conversation, long after) {
    try {
      HistoryRequest request =
          HistoryRequest.newBuilder()
              .setConversationId(conversation)
              .setAfterSeq(after)
              .setLimit(PAGE)
              .build();
      return HistoryResponse.parseFrom(line.call(HISTORY, request)).getMessageList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an unreadable answer to History", e);
    }
  }

  private static Stored stored(Message message) {
    byte[] text = message.getText().getContent().getBytes(StandardCharsets.UTF_8);
    int seq = Math.toIntExact(message.getSeq());
    // Nobody else writes here: what cannot be read is somebody's message altered.
    return text.length < Stamp.CHARS
        ? new Stored(seq, -1, seq)
        : new Stored(seq, Stamp.sender(text, 0), Stamp.number(text, 0));
  }
}
