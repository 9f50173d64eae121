package io.parley.messaging;

import io.parley.base.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message before it is sent.
///
/// @param mentions accounts named in it; only in groups
/// @param clientMessageId chosen by the sender: the same sender and id never store twice; empty for
///     none
/// @param replyTo seq of the message in the same conversation that it answers; 0 for none
/// @param origin what the sending contract wants back with the message; opaque here; null for
///     nothing
public record Draft(
    Target target,
    List<AccountId> mentions,
    Content content,
    String clientMessageId,
    long replyTo,
    @Nullable String origin) {

  public Draft(Target target, List<AccountId> mentions, Content content, String clientMessageId) {
    this(target, mentions, content, clientMessageId, 0, null);
  }
}
