/// What this browser keeps of an account, to show at once at the next start and without a network: the list of
/// conversations, names, and the newest messages of each conversation that was open. IndexedDB, one database an
/// account; a browser that has none (a private window) keeps nothing.
///
/// A record is written whole, a moment after it has changed. Nothing here is believed for longer than it takes to ask
/// the server: what is restored comes with the cursors from which to catch up.

const STORE = 'kept';
const PREFIX = 'parley.';
const PAUSE_MS = 500;
const KEPT_MAX = 100;

export class Archive {
  #name;
  #opened;
  #waiting = new Map();
  #timer = 0;
  #closed = false;

  constructor(account) {
    this.#name = PREFIX + account;
    this.#opened = open(this.#name);
    this.#opened.catch(() => {});
  }

  /// What was kept under `key`, or undefined.
  async load(key) {
    try {
      const database = await this.#opened;
      return await answer(database.transaction(STORE).objectStore(STORE).get(key));
    } catch {
      return undefined;
    }
  }

  /// Keeps what `make()` gives a moment from now under `key`; null keeps what was there.
  save(key, make) {
    if (this.#closed) return;
    this.#waiting.set(key, make);
    this.#timer ||= setTimeout(() => this.#write(), PAUSE_MS);
  }

  /// Writes what waits; call it when the page is about to go.
  flush() {
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#write();
  }

  /// Stops. With `forget`, everything that was kept is gone.
  close(forget) {
    clearTimeout(this.#timer);
    this.#closed = true;
    this.#waiting.clear();
    this.#opened.then((database) => database.close()).catch(() => {});
    if (forget) indexedDB.deleteDatabase(this.#name);
  }

  async #write() {
    this.#timer = 0;
    const records = [...this.#waiting].map(([key, make]) => [key, make()]).filter(([, value]) => value);
    this.#waiting.clear();
    try {
      const database = await this.#opened;
      const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
      for (const [key, value] of records) store.put({ ...value, keptAt: Date.now() }, key);
      await this.#trim(store);
    } catch {
      // Storage is full or forbidden: the server has everything.
    }
  }

  /// Drops what was kept longest ago once there are too many.
  async #trim(store) {
    if ((await answer(store.count())) <= KEPT_MAX) return;
    const keys = await answer(store.getAllKeys());
    const values = await answer(store.getAll());
    const oldest = keys.map((key, i) => ({ key, keptAt: values[i].keptAt })).sort((a, b) => a.keptAt - b.keptAt);
    for (const { key } of oldest.slice(0, keys.length - KEPT_MAX)) store.delete(key);
  }
}

function open(name) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => {
      // Another tab signs out: it must not wait for this one.
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    opening.onerror = () => reject(opening.error);
  });
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
