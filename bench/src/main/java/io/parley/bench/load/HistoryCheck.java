package io.parley.bench.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.HistoryResponse;
import io.parley.api.conversation.Message;
import io.parley.bench.ledger.Timeline;
import io.parley.bench.wire.Stamp;
import java.nio.charset.StandardCharsets;

/// Reads a whole conversation back with History and compares it, message by message, with the
/// acknowledgements.
final class HistoryCheck {
  private static final String HISTORY = "conversation.ConversationService/History";
  private static final int PAGE = 200;

  private final Endpoint reader;
  private final Timeline timeline;
  private final boolean exact;

  HistoryCheck(Endpoint reader, Timeline timeline, boolean exact) {
    this.reader = reader;
    this.timeline = timeline;
    this.exact = exact;
  }

  /// Messages that are missing, out of place, unexpected or another's. With unanswered sends a
  /// stored message that was not acknowledged is no difference.
  long differences() {
    long differences = 0;
    long acknowledged = 0;
    long after = 0;
    HistoryResponse page = page(after);
    while (page.getMessageCount() > 0) {
      for (Message message : page.getMessageList()) {
        boolean inPlace = message.getSeq() == after + 1;
        boolean known = known(message);
        acknowledged += known ? 1 : 0;
        differences += inPlace && (known || !exact) ? 0 : 1;
        after = message.getSeq();
      }
      page = page(after);
    }
    return differences + timeline.seqs().cardinality() - acknowledged;
  }

  private boolean known(Message message) {
    byte[] text = message.getText().getContent().getBytes(StandardCharsets.UTF_8);
    return text.length >= Stamp.CHARS
        && timeline.holds((int) message.getSeq(), Stamp.sender(text, 0), Stamp.number(text, 0));
  }

  private HistoryResponse page(long after) {
    HistoryRequest request =
        HistoryRequest.newBuilder()
            .setConversationId(reader.conversationId())
            .setAfterSeq(after)
            .setLimit(PAGE)
            .build();
    try {
      return HistoryResponse.parseFrom(
          reader.socket().call(HISTORY, request, HistoryResponse.getDefaultInstance()).join());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("unreadable history", e);
    }
  }
}
