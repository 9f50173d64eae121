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
