/// Notices that the connection has come back, for what failed without one and may be tried again.

export class Comeback {
  #online = false;

  /// Whether it is there now and was not when this was asked last.
  of(store) {
    const before = this.#online;
    this.#online = store.connection === 'online';
    return this.#online && !before;
  }
}
