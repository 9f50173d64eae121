/// What a section keeps besides the conversations. A shelf hears what was pushed, knows when the connection came back,
/// and has the views that read the store render again.

export class Shelf {
  #online = false;
  #notified = false;

  constructor(store) {
    this.store = store;
    this.#online = store.connection === 'online';
    store.addEventListener('push', ({ detail }) => this.heard(detail.cmd, detail.data));
    store.addEventListener('change', () => this.#look());
  }

  /// A push of the server's.
  heard() {}

  /// The connection is there again: what was kept may be old.
  recovered() {}

  request(cmd, data) {
    return this.store.request(cmd, data);
  }

  /// Later and once, because a view may ask for something while it renders.
  changed() {
    if (this.#notified) return;
    this.#notified = true;
    queueMicrotask(() => {
      this.#notified = false;
      this.store.dispatchEvent(new Event('change'));
    });
  }

  #look() {
    const online = this.store.connection === 'online';
    if (online === this.#online) return;
    this.#online = online;
    if (online) this.recovered();
  }
}

/// A function that gives the one shelf of this kind that belongs to a store: `const friendsOf = shelfOf(Friends)`.
export function shelfOf(Kind) {
  const made = new WeakMap();
  return (store) => {
    if (!made.has(store)) made.set(store, new Kind(store));
    return made.get(store);
  };
}
