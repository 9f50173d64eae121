package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One stored message.
///
/// @param seq its place in the conversation, from 1
/// @param kind see [Content#kind]; kept when the content is gone
/// @param content null once recalled
/// @param createdAt epoch milliseconds
/// @param clientMessageId empty for none
/// @param origin see [Draft#origin]
public record Message(
    MessageId id,
    ConversationId conversation,
    long seq,
    AccountId sender,
    Target target,
    List<AccountId> mentions,
    int kind,
    @Nullable Content content,
    long createdAt,
    String clientMessageId,
    @Nullable String origin) {

  public boolean recalled() {
    return content == null;
  }
}
