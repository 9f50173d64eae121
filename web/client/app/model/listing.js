/// A list of the server's that is read part by part, each of its rows once.

import { Business } from '../fault.js';

const ROWS = 32;

export class Listing {
  items = [];
  loading = false;
  /// True once there is no more to read.
  ended = false;
  /// Why the last reading failed, or ''.
  fault = '';

  #ask;
  #changed;
  #idOf;
  #next = null;
  #round = 0;

  /// `ask(next)` gives `{rows, next}`: `next` is null for the first part, and null in the answer to the last. `idOf`
  /// tells rows apart.
  constructor(ask, changed, idOf = (row) => row.id) {
    this.#ask = ask;
    this.#changed = changed;
    this.#idOf = idOf;
  }

  get begun() {
    return this.loading || this.ended || this.items.length > 0 || this.fault !== '';
  }

  /// Reads the next part, if there is one and none is being read.
  async more() {
    if (!this.loading && !this.ended) await this.#read(this.#round, false);
  }

  /// Reads it anew; what is there stays until the answer has come.
  async again() {
    this.#next = null;
    await this.#read(++this.#round, true);
  }

  /// Forgets all rows, as before the first reading.
  clear() {
    this.items = [];
    this.ended = false;
    this.fault = '';
    this.loading = false;
    this.#next = null;
    this.#round++;
    this.#changed();
  }

  /// Puts a row in front, or in the place of the one with its id.
  put(row) {
    const at = this.items.findIndex((each) => this.#idOf(each) === this.#idOf(row));
    this.items = at < 0 ? [row, ...this.items] : this.items.with(at, row);
    this.#changed();
  }

  remove(id) {
    this.items = this.items.filter((each) => this.#idOf(each) !== id);
    this.#changed();
  }

  async #read(round, anew) {
    this.loading = true;
    this.fault = '';
    this.#changed();
    try {
      const { rows, next } = await this.#ask(this.#next);
      if (round !== this.#round) return;
      const kept = anew ? [] : this.items;
      const known = new Set(kept.map(this.#idOf));
      this.items = [...kept, ...rows.filter((row) => !known.has(this.#idOf(row)))];
      this.#next = next;
      this.ended = next === null;
    } catch (fault) {
      if (round === this.#round) this.fault = fault.message;
    } finally {
      if (round === this.#round) this.loading = false;
      this.#changed();
    }
  }
}

/// How to read a list that has numbered pages. `ask(page, size)` gives `{rows, pager}`. An answer on the socket is at
/// most 64 KiB: pages that do not fit are halved, which keeps to their borders.
export function byPages(ask) {
  return async (next) => {
    let { offset, size } = next ?? { offset: 0, size: ROWS };
    for (;;) {
      try {
        const { rows, pager } = await ask(offset / size + 1, size);
        const reached = offset + size;
        return { rows: rows ?? [], next: reached < Number(pager?.total_rows ?? 0) ? { offset: reached, size } : null };
      } catch (fault) {
        if (fault.businessCode !== Business.TOO_LARGE || size === 1) throw fault;
        size /= 2;
      }
    }
  };
}

/// How to read a list that has cursors. `ask(cursor, size)` gives `{rows, next}`, the cursor of what follows or ''. Parts
/// that do not fit an answer on the socket are halved.
export function byCursor(ask) {
  return async (cursor) => {
    for (let size = ROWS; ; size /= 2) {
      try {
        const { rows, next } = await ask(cursor ?? '', size);
        return { rows: rows ?? [], next: next || null };
      } catch (fault) {
        if (fault.businessCode !== Business.TOO_LARGE || size === 1) throw fault;
      }
    }
  };
}
