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

/// Goes through all pages of a list that is asked for by number: `ask(number, size)` gives an answer with a pager,
/// `take(answer)` says whether to go on. `size` is a power of two, because the first half of page n is page 2n - 1 of
/// half the size.
export async function everyPage(size, ask, take) {
  for (let number = 1; ; number++) {
    let answer;
    while (!answer) {
      try {
        answer = await ask(number, size);
      } catch (fault) {
        if (fault.businessCode !== Business.TOO_LARGE || size === 1) throw fault;
        size /= 2;
        number = 2 * number - 1;
      }
    }
    if (!take(answer) || number >= Number(answer.pager?.total_pages ?? 0)) return;
  }
}
