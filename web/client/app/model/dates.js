/// Finds the place of a day in a conversation. The server has no index of times, but seqs grow with time, so halving the
/// range again and again takes some twenty calls for a million messages.

import { toMessage } from './wire.js';

/// The seq of the first message of `key` at or after `at`, in epoch milliseconds; 0 if there is none. Throws a Fault.
export function firstSince(store, key, at) {
  const { id, lastSeq } = store.conversation(key);
  const after = async (seq) => {
    const bounds = { conversation_id: id, after_seq: String(seq), limit: 1 };
    const { message } = await store.request('conversation.ConversationService/History', bounds);
    return message?.length ? toMessage(message[0]) : null;
  };
  return seqSince(after, lastSeq, at);
}

/// The same by `after(seq)`, which gives the first message beyond a seq, or null. Not every seq up to `lastSeq` needs to
/// be there.
export async function seqSince(after, lastSeq, at) {
  let low = 1;
  let high = lastSeq + 1;
  let found = 0;
  // What is sought is `found`, or lies in low … high - 1.
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const message = await after(middle - 1);
    if (message && message.createdAt < at) {
      low = message.seq + 1;
    } else {
      if (message) found = message.seq;
      high = middle;
    }
  }
  return found;
}
