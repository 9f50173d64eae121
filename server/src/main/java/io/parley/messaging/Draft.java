package io.parley.messaging;

import io.parley.base.AccountId;
import java.util.List;

/// A message before it is sent.
///
/// @param mentions accounts named in it; only in groups
/// @param clientMessageId chosen by the sender: the same sender and id never store twice; empty for
///     none
public record Draft(
    Target target, List<AccountId> mentions, Content content, String clientMessageId) {}
