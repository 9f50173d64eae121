package io.parley.social;

import io.parley.account.Account;
import io.parley.base.Fault;
import io.parley.base.FaultCode;

/// A wish to be friends that waits for an answer.
///
/// @param account the other side: who asked, or whom the reader asked
/// @param incoming whether the reader is the one to answer
/// @param at epoch milliseconds
public record FriendRequest(Account account, boolean incoming, String note, long at) {
  private static final int NOTE_CHARS_MAX = 200;

  static void requireNote(String note) {
    if (note.length() > NOTE_CHARS_MAX) {
      throw Fault.of(FaultCode.TOO_LARGE, "note: longer than " + NOTE_CHARS_MAX + " characters");
    }
  }
}
