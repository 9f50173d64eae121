/// What was shared in a conversation: pictures, videos, files and voices, newest first. The server has no list of them, so
/// its history is read backwards, for as long as somebody looks.

import { Listing } from './listing.js';
import { page } from './paging.js';
import { toMessage } from './wire.js';

const READ = 200;

/// Kinds by what they are shown as.
export const SHARED = { pictures: ['image', 'video'], files: ['file', 'sound'] };

const KINDS = Object.values(SHARED).flat();

/// The listing of conversation `id`. `wanted()` turns false when nobody looks any more; `changed()` as Listing has it.
export function sharedIn(id, { request, wanted, changed }) {
  return new Listing((before) => (wanted() ? part(id, before, request) : { rows: [], next: null }), changed);
}

/// One part of the history, before a seq or, with null, from its end.
async function part(id, before, request) {
  const bounds = before ? { before_seq: String(before) } : {};
  const { answer } = await page(READ, (limit) =>
    request('conversation.ConversationService/History', { conversation_id: id, ...bounds, limit }));
  const messages = (answer.message ?? []).map(toMessage);
  const first = messages[0]?.seq ?? 1;
  return {
    rows: messages.filter(({ kind, recalled }) => !recalled && KINDS.includes(kind)).reverse(),
    next: first > 1 ? first : null,
  };
}
