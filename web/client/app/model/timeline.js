/// The messages of one conversation that this client holds: ordered by seq, each once.
///
/// It holds one window without gaps, which ends at the newest message unless the reader has gone to an old one
/// (`hasNewer`), and grows on demand. `#start` is the seq where the window begins; `#head` is the seq up to which
/// everything from there that the account may see is here. A message beyond head + 1 means that some were missed, and
/// they are pulled. Seqs are dense on the server, but an account that was out of a group for a while never sees some
/// of them, so what a pull does not bring is not waited for. Answers come in any order; one that does not fit the
/// window any more is dropped, and so is what an answer says of a message that has changed since it was asked for.

import { withoutContent } from './wire.js';

const PAGE = 50;
const PULL = 200;
// Missed more than this: start over with the newest page.
const FAR = 1000;
const KEPT_MAX = 200;

export class Timeline {
  messages = [];
  loaded = false;
  hasOlder = false;
  hasNewer = false;
  /// The cursor up to which edits, recalls and reactions are in here, or '' for unknown.
  changes = '';

  #history;
  #start = 0;
  #head = 0;
  #loading = null;
  #paging = false;
  #pulling = null;
  #clock = 0;
  #changedAt = new Map();

  /// `history({after_seq | before_seq}, most)` gives `{messages, full}`: at most so many in ascending seq, and whether
  /// there may be more.
  constructor(history) {
    this.#history = history;
  }

  /// Loads the newest page, once.
  load() {
    if (this.loaded) return Promise.resolve();
    this.#loading ??= this.newest().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /// What is kept over a reload: the end of the window, or null if it does not reach the newest message.
  snapshot() {
    const messages = this.messages.filter((held) => held.seq <= this.#head).slice(-KEPT_MAX);
    return this.loaded && !this.hasNewer && messages.length > 0 ? { messages, changes: this.changes } : null;
  }

  restore({ messages, changes }) {
    if (this.loaded) return;
    this.changes = changes;
    this.#begin({ messages, full: messages[0].seq > 1 });
  }

  /// Starts over with the newest page, unless the window reaches it.
  async newest() {
    const since = this.#clock;
    const page = await this.#history({}, PAGE);
    const first = page.messages[0]?.seq ?? 0;
    if (!this.loaded || this.hasNewer || first > this.#head + 1) this.#begin(page);
    this.#merge(page.messages, since);
    this.#reach(page.messages.at(-1)?.seq ?? 0);
    if (this.#newest > this.#head) await this.#pull();
  }

  /// Loads what is around `seq`, unless it is here.
  async around(seq) {
    if (this.loaded && seq >= this.#start && seq <= this.#head) return;
    const page = await this.#history({ after_seq: String(Math.max(0, seq - PAGE)) }, 2 * PAGE);
    this.#begin({ messages: page.messages, full: true }, page.full);
    await this.catchUp();
  }

  /// Loads the page before the window. False if there was none.
  loadOlder() {
    return this.hasOlder ? this.#onePage(() => this.#olderPage()) : false;
  }

  /// Loads the page after the window, if that does not reach the newest message.
  loadNewer() {
    return this.hasNewer ? this.#onePage(() => this.#newerPage()) : false;
  }

  /// Takes a message that was pushed, changed, or sent by this client; pulls if some are missing before it.
  async receive(message) {
    if (this.hasNewer && message.seq > this.#head) return;
    this.#changedAt.set(message.seq, ++this.#clock);
    this.#merge([message]);
    if (!this.loaded) return;
    this.#reach(this.#head);
    if (message.seq > this.#head) await this.catchUp(message.seq);
  }

  /// Pulls everything after the head. `reached` is a seq that is known to exist.
  catchUp(reached = 0) {
    if (this.hasNewer) return Promise.resolve();
    const pull = () => (reached - this.#head > FAR ? this.newest() : this.#pull());
    this.#pulling ??= pull().finally(() => (this.#pulling = null));
    return this.#pulling;
  }

  /// A message has changed on the server: takes it if it is in the window.
  replace(message) {
    if (this.at(message.seq)) this.receive(message);
  }

  recall(seq, by) {
    const held = this.at(seq);
    if (held) this.receive(withoutContent(held, by));
  }

  /// The message of this seq, or undefined.
  at(seq) {
    let low = 0;
    let high = this.messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle].seq < seq) low = middle + 1;
      else high = middle;
    }
    return this.messages[low]?.seq === seq ? this.messages[low] : undefined;
  }

  async #onePage(load) {
    if (this.#paging) return false;
    this.#paging = true;
    try {
      return await load();
    } finally {
      this.#paging = false;
    }
  }

  async #olderPage() {
    const start = this.#start;
    const since = this.#clock;
    const { messages: page, full } = await this.#history({ before_seq: String(start) }, 2 * PAGE);
    if (start !== this.#start) return false;
    this.hasOlder = full && page[0].seq > 1;
    this.#start = page[0]?.seq ?? start;
    this.#merge(page, since);
    return page.length > 0;
  }

  async #newerPage() {
    const head = this.#head;
    const since = this.#clock;
    const { messages: page, full } = await this.#history({ after_seq: String(head) }, 2 * PAGE);
    if (head !== this.#head) return false;
    this.hasNewer = full;
    this.#merge(page, since);
    this.#reach(page.at(-1)?.seq ?? head);
    // What was pushed while the page was on its way did not fit the window then.
    await this.catchUp();
    return page.length > 0;
  }

  /// Makes `page` the window. What came after it while it was asked for stays.
  #begin({ messages: page, full }, hasNewer = false) {
    const last = page.at(-1)?.seq ?? 0;
    const later = this.messages.filter((held) => held.seq > last && this.#changedAt.has(held.seq));
    this.messages = hasNewer || this.hasNewer ? page : [...page, ...later];
    this.#start = page[0]?.seq ?? 0;
    this.#head = last;
    this.hasOlder = full && this.#start > 1;
    this.hasNewer = hasNewer;
    this.loaded = true;
  }

  async #pull() {
    let full;
    do {
      const newest = this.#newest;
      const since = this.#clock;
      const answer = await this.#history({ after_seq: String(this.#head) }, PULL);
      this.#merge(answer.messages, since);
      this.#reach(answer.messages.at(-1)?.seq ?? newest);
      full = answer.full;
    } while (full || this.#newest > this.#head);
  }

  get #newest() {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /// Everything up to `seq` is here: moves the head there, and on over what is here already.
  #reach(seq) {
    this.#head = Math.max(this.#head, seq);
    while (this.at(this.#head + 1)) this.#head++;
  }

  #merge(incoming, since = Infinity) {
    const fitting = incoming.filter(({ seq }) => seq >= this.#start && !((this.#changedAt.get(seq) ?? 0) > since));
    if (fitting.length === 0) return this.messages;
    if (fitting[0].seq > this.#newest) return (this.messages = [...this.messages, ...fitting]);
    if (fitting.at(-1).seq < this.messages[0].seq) return (this.messages = [...fitting, ...this.messages]);
    const bySeq = new Map(this.messages.map((held) => [held.seq, held]));
    for (const message of fitting) {
      const held = bySeq.get(message.seq);
      if (!held?.recalled || held.hidden) bySeq.set(message.seq, { ...message, starred: message.starred ?? held?.starred ?? false });
    }
    return (this.messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq));
  }
}
