/// What the account has starred, over all its conversations: the one starred last first.

import { byCursor, Listing } from './listing.js';
import { toMessage } from './wire.js';

/// The listing of it. `changed()` as Listing has it.
export function starredBy(request, changed) {
  const part = async (cursor, limit) => {
    const answer = await request('chat.ChatService/ListStars', { cursor, limit });
    return { rows: (answer.message ?? []).map(toMessage), next: answer.next_cursor };
  };
  return new Listing(byCursor(part), changed);
}

/// Takes what was pushed into the listing: only `push.message` tells of stars, and `push.recall` takes them away.
export function follow(listing, { cmd, data }) {
  if (cmd === 'push.recall') return listing.remove(data.id);
  if (cmd !== 'push.message') return undefined;
  const message = toMessage(data.message);
  const held = listing.items.some(({ id }) => id === message.id);
  if (message.hidden || data.message.starred === false) return listing.remove(message.id);
  return data.message.starred || held ? listing.put(message) : undefined;
}
