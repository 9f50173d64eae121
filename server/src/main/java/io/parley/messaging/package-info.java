/// Conversations and their messages: the reason the program exists.
///
/// Invariants: a message's `seq` is its place in the conversation, 1, 2, 3 … without gaps; the same
/// sender and client message id never store twice; a send is answered after its commit; who may
/// read or write is decided in the same transaction that reads or writes.
///
/// What becomes of a group is said in its conversation by [Lines], in the transaction of the
/// change; nobody else makes such a message.
///
/// What one account hides from itself is left out, or told as a [Message#husk], wherever it reads.
///
/// Tables: `conversation`, `member`, `message`, `block`, `reaction`, `message_change`,
/// `message_pin`, `message_mark`.
@NullMarked
package io.parley.messaging;

import org.jspecify.annotations.NullMarked;
