package io.parley.report;

import io.parley.base.AccountId;
import io.parley.base.MessageId;

/// A message around one that was reported, or that one, as it was then.
///
/// @param excerpt what it said, at most 500 characters; empty for one that had been taken back
/// @param sentAt epoch milliseconds
public record ReportLine(MessageId message, AccountId sender, String excerpt, long sentAt) {}
