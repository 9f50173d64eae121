/// Says again elsewhere what was said: messages of one conversation go into others, as messages of the account's own. They
/// go through the outbox like all others, so they wait for a connection and survive a reload. A file is not uploaded again:
/// the server lets an account send the address of one that it was sent.

import { KINDS } from '../kinds/index.js';

/// Chats that one forwarding goes to at most.
export const TARGETS_MAX = 10;

/// Whether there is something of it to forward: not where it was recalled, the server said it, or its kind is not known.
export function isForwardable({ kind, recalled }) {
  return !recalled && kind in KINDS;
}

/// Sends them to each of `keys`, at most TARGETS_MAX, oldest first. Whom they named and what they answered stay behind.
export function forward(store, messages, keys) {
  const inOrder = messages.filter(isForwardable).sort((a, b) => a.seq - b.seq);
  for (const key of keys.slice(0, TARGETS_MAX)) {
    for (const { kind, content } of inOrder) {
      if (key === store.openKey) store.send(key, kind, content);
      // A chat that is not on screen needs nothing loaded.
      else store.outbox.add(key, kind, content);
    }
  }
}
