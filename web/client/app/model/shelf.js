/// What a section keeps besides the conversations. A shelf hears what was pushed, knows when the connection came back,
/// and has the views that read the store render again.

export class Shelf {
  #online = false;

  constructor(store) {
    this.store = store;
    this.#online = store.connection === 'online';
    store.addEventListener('push', ({ detail }) => {
      if (detail.cmd === 'push.sync') this.recovered();
      else this.heard(detail.cmd, detail.data);
    });
    store.addEventListener('change', () => this.#look());
  }

  /// A push of the server's.
  heard() {}

  /// The connection is there again, or pushes were lost: what was kept may be old.
  recovered() {}

  request(cmd, data) {
    return this.store.request(cmd, data);
  }

  changed() {
    this.store.changed();
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
