/// Messages that the user has sent and the server has not yet acknowledged.
///
/// Each carries a `clientMessageId`, under which the server stores it once however often it is sent, so every doubt is
/// answered by sending again. One conversation's messages go one at a time, in order. They are kept in localStorage
/// (one key each, so that tabs do not overwrite one another) and survive a reload, except pictures not yet uploaded.

import { randomId } from '../random.js';

const RETRY_MS = 3000;

export class Outbox {
  /// All items, oldest first: `{clientMessageId, key, kind, content, createdAt, state, error, file, preview}` with
  /// state 'sending' or 'failed'.
  items = [];

  #prefix;
  #deliver;
  #changed;
  #running = new Set();
  #timers = new Map();

  /// `deliver(item)` sends one and resolves when the server has stored it; a transient Fault means "again later",
  /// any other is shown to the user. `changed()` is called after every change of `items`.
  constructor({ account, deliver, changed }) {
    this.#prefix = `parley.outbox.${account}.`;
    this.#deliver = deliver;
    this.#changed = changed;
    this.items = this.#kept();
  }

  add(key, kind, content, file = null) {
    const preview = file ? URL.createObjectURL(file) : '';
    this.items = [
      ...this.items,
      { clientMessageId: randomId(), key, kind, content, file, preview, createdAt: Date.now(), state: 'sending', error: '' },
    ];
    this.#keep(this.items.at(-1));
    this.#changed();
    this.#run(key);
  }

  of(key) {
    return this.items.filter((item) => item.key === key);
  }

  /// Sends everything that waits; call it when the connection is back.
  resume() {
    for (const key of new Set(this.items.map((item) => item.key))) this.#run(key);
  }

  retry(clientMessageId) {
    const item = this.#replace(clientMessageId, { state: 'sending', error: '' });
    if (item) this.#run(item.key);
  }

  /// The user gave up on it, or it is stored: forget it. Returns the item.
  remove(clientMessageId) {
    const item = this.items.find((each) => each.clientMessageId === clientMessageId);
    if (!item) return null;
    this.items = this.items.filter((each) => each !== item);
    localStorage.removeItem(this.#prefix + clientMessageId);
    if (item.preview) setTimeout(() => URL.revokeObjectURL(item.preview), 60_000);
    this.#changed();
    return item;
  }

  /// Forgets everything: the user signs out of this browser.
  clear() {
    for (const item of this.items) this.remove(item.clientMessageId);
  }

  /// Notes the outcome of an upload, so that a retry does not upload again.
  uploaded(clientMessageId, content) {
    return this.#replace(clientMessageId, { content, file: null });
  }

  close() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#deliver = () => new Promise(() => {});
  }

  async #run(key) {
    if (this.#running.has(key)) return;
    this.#running.add(key);
    clearTimeout(this.#timers.get(key));
    try {
      for (let item = this.#next(key); item; item = this.#next(key)) await this.#send(item);
    } catch (fault) {
      this.#timers.set(key, setTimeout(() => this.#run(key), Math.max(RETRY_MS, fault.retryAfterMs)));
    } finally {
      this.#running.delete(key);
    }
  }

  #next(key) {
    return this.items.find((item) => item.key === key && item.state === 'sending');
  }

  async #send(item) {
    try {
      await this.#deliver(item);
      this.remove(item.clientMessageId);
    } catch (fault) {
      if (fault.transient) throw fault;
      this.#replace(item.clientMessageId, { state: 'failed', error: fault.message });
    }
  }

  #replace(clientMessageId, change) {
    let changed = null;
    this.items = this.items.map((item) => {
      if (item.clientMessageId !== clientMessageId) return item;
      changed = { ...item, ...change };
      return changed;
    });
    if (changed) this.#keep(changed);
    this.#changed();
    return changed;
  }

  #keep(item) {
    if (item.file) return;
    const { file, preview, ...plain } = item;
    try {
      localStorage.setItem(this.#prefix + item.clientMessageId, JSON.stringify(plain));
    } catch {
      // Storage is full: the message is sent all the same, it only would not survive a reload.
    }
  }

  #kept() {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => JSON.parse(localStorage.getItem(name)))
      .sort((a, b) => a.createdAt - b.createdAt);
  }
}
