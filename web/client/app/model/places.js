/// Where the reader was in each conversation that was left before its end, for the next time it is opened: kept by the
/// tab (sessionStorage), over a reload too. The 100 that were left last.

const PLACES_MAX = 100;

export class Places {
  #name;
  #held;

  constructor(account) {
    this.#name = `parley.places.${account}`;
    this.#held = new Map(read(this.#name));
  }

  /// `{seq, offset, read}`: the message at the top of the screen, how many pixels of it are above, and whether everything
  /// had been read; null for the end.
  of(key) {
    return this.#held.get(key) ?? null;
  }

  /// Notes a place; null for the end.
  put(key, place) {
    this.#held.delete(key);
    if (place) this.#held.set(key, place);
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
