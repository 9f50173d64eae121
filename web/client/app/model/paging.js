/// Asks for a page and makes do with a smaller one: an answer on the socket is at most 64 KiB, and a few long messages
/// fill that.

import { Business } from '../fault.js';

/// Calls `ask(limit)`, again with half the limit while the server says that the answer would be too large, and gives
/// `{answer, limit}` with the limit that worked.
export async function page(limit, ask) {
  for (;;) {
    try {
      return { answer: await ask(limit), limit };
    } catch (fault) {
      if (fault.businessCode !== Business.TOO_LARGE || limit === 1) throw fault;
      limit = Math.ceil(limit / 2);
    }
  }
}

/// Goes through a whole list that has cursors: `ask(cursor, size)` gives an answer with a `next_cursor`, `take(answer)`
/// says whether to go on.
export async function everyPart(size, ask, take) {
  let cursor = '';
  do {
    const part = await page(size, (limit) => ask(cursor, limit));
    size = part.limit;
    cursor = part.answer.next_cursor ?? '';
    if (!take(part.answer)) return;
  } while (cursor);
}
