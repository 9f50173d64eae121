/// Messages that the user has sent and the server has not yet acknowledged.
///
/// Each carries a `clientMessageId`, under which the server stores it once however often it is sent, so every doubt is
/// answered by sending again. One conversation's messages go one at a time, in order, and those with a file in a line of
/// their own, so that words do not wait for an upload. They are kept in localStorage
/// (one key each, so that tabs do not overwrite one another) and survive a reload, except files not yet uploaded.

import { randomId } from '../random.js';
import { giveUp } from '../uploading.js';

const RETRY_MS = 3000;

export class Outbox {
  /// All items, oldest first: `{clientMessageId, key, slow, kind, content, replyToSeq, atUserIds, createdAt, state, error,
  /// file, poster, preview, progress}` with state 'sending' or 'failed', `slow` for what has, or had, a file to upload,
  /// `progress` of the upload 0 … 1.
  items = [];

  #prefix;
  #deliver;
  #changed;
  #running = new Set();
  #timers = new Map();
  #uploads = new Map();

  /// `deliver(item, signal)` sends one and resolves when the server has stored it; a transient Fault means "again
  /// later", any other is shown to the user; `signal` aborts when the user gives the item up. `changed()` is called
  /// after every change of `items`.
  constructor({ account, deliver, changed }) {
    this.#prefix = `parley.outbox.${account}.`;
    this.#deliver = deliver;
    this.#changed = changed;
    this.items = this.#kept();
  }

  /// `file` is uploaded first, and `poster` (a video's first picture) with it; `replyToSeq` is the seq that is answered; `atUserIds`
  /// are those whom the text names.
  add(key, kind, content, { file = null, poster = null, replyToSeq = 0, atUserIds = [] } = {}) {
    const preview = file ? URL.createObjectURL(poster ?? file) : '';
    const item = {
      clientMessageId: randomId(),
      key,
      slow: Boolean(file),
      kind,
      content,
      replyToSeq,
      atUserIds,
      file,
      poster,
      preview,
      progress: 0,
      createdAt: Date.now(),
      state: 'sending',
      error: '',
    };
    this.items = [...this.items, item];
    this.#keep(item);
    this.#changed();
    this.#run(key, item.slow);
  }

  of(key) {
    return this.items.filter((item) => item.key === key);
  }

  /// Sends everything that waits; call it when the connection is back.
  resume() {
    for (const { key, slow } of this.items) this.#run(key, slow);
  }

  retry(clientMessageId) {
    const item = this.#replace(clientMessageId, { state: 'sending', error: '' });
    if (item) this.#run(item.key, item.slow);
  }

  /// The user gave up on it, or it is stored: forget it. Returns the item.
  remove(clientMessageId) {
    const item = this.items.find((each) => each.clientMessageId === clientMessageId);
    if (!item) return null;
    this.items = this.items.filter((each) => each !== item);
    this.#uploads.get(clientMessageId)?.abort();
    if (item.file) giveUp(item.file);
    localStorage.removeItem(this.#prefix + clientMessageId);
    if (item.preview) setTimeout(() => URL.revokeObjectURL(item.preview), 60_000);
    this.#changed();
    return item;
  }

  /// Forgets everything: the user signs out of this browser.
  clear() {
    for (const item of this.items) this.remove(item.clientMessageId);
  }

  /// Notes how far an upload is.
  progressed(clientMessageId, progress) {
    this.#replace(clientMessageId, { progress });
  }

  /// Notes the outcome of an upload, so that a retry does not upload again.
  uploaded(clientMessageId, content) {
    return this.#replace(clientMessageId, { content, file: null, poster: null });
  }

  close() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#deliver = () => new Promise(() => {});
  }

  async #run(key, slow) {
    const line = `${key} ${slow}`;
    if (this.#running.has(line)) return;
    this.#running.add(line);
    clearTimeout(this.#timers.get(line));
    try {
      for (let item = this.#next(key, slow); item; item = this.#next(key, slow)) await this.#send(item);
    } catch (fault) {
      this.#timers.set(line, setTimeout(() => this.#run(key, slow), Math.max(RETRY_MS, fault.retryAfterMs)));
    } finally {
      this.#running.delete(line);
    }
  }

  #next(key, slow) {
    return this.items.find((item) => item.key === key && item.slow === slow && item.state === 'sending');
  }

  async #send(item) {
    const { clientMessageId } = item;
    const given = new AbortController();
    this.#uploads.set(clientMessageId, given);
    try {
      await this.#deliver(item, given.signal);
      this.#uploads.delete(clientMessageId);
      this.remove(clientMessageId);
    } catch (fault) {
      if (given.signal.aborted) return;
      if (fault.transient) throw fault;
      this.#replace(clientMessageId, { state: 'failed', error: fault.message });
    } finally {
      this.#uploads.delete(clientMessageId);
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
    const { file, poster, preview, progress, ...plain } = item;
    try {
      localStorage.setItem(this.#prefix + item.clientMessageId, JSON.stringify(plain));
    } catch {
      // Storage is full: the message is sent all the same, it only would not survive a reload.
    }
  }

  #kept() {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => ({ slow: false, replyToSeq: 0, atUserIds: [], ...JSON.parse(localStorage.getItem(name)) }))
      .sort((a, b) => a.createdAt - b.createdAt);
  }
}
