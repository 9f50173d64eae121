/// Where the reader was in each conversation, and what was read by then, for the next time it is opened: kept by the tab
/// (sessionStorage), over a reload too, and at once, so that it is there where a page was gone before it had kept the
/// list. The 100 that were left last.

const PLACES_MAX = 100;

export class Places {
  #name;
  #held;

  constructor(account) {
    this.#name = `parley.places.${account}`;
    this.#held = new Map(read(this.#name));
  }

  /// `{seq, offset, read, readSeq}`: the message at the top of the screen and how many pixels of it are above, both
  /// undefined at the end; whether everything had been read, and up to where. Empty where the reader has not been.
  of(key) {
    return this.#held.get(key) ?? {};
  }

  put(key, place) {
    this.#held.delete(key);
    this.#held.set(key, place);
    if (this.#held.size > PLACES_MAX) this.#held.delete(this.#held.keys().next().value);
    try {
      sessionStorage.setItem(this.#name, JSON.stringify([...this.#held]));
    } catch {
      // No room: they are known until the page goes.
    }
  }

  forget() {
    this.#held.clear();
    sessionStorage.removeItem(this.#name);
  }
}

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
}
