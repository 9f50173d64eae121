/// The messages of one conversation that this client holds: ordered by seq, each once.
///
/// It holds a window that ends at the newest message and grows backwards on demand. `#start` is the seq where the
/// window begins; `#head` is the seq up to which everything from there that the account may see is here. A message
/// beyond head + 1 means that some were missed, and they are pulled. Seqs are dense on the server, but an account
/// that was out of a group for a while never sees some of them, so what a pull does not bring is not waited for.
/// Answers come in any order; one that does not fit the window any more is dropped.

const PAGE = 50;
const PULL = 200;
// Missed more than this: start over with the newest page.
const FAR = 1000;

export class Timeline {
  messages = [];
  loaded = false;
  hasOlder = false;
  loadingOlder = false;

  #history;
  #start = 0;
  #head = 0;
  #loading = null;
  #pulling = null;

  /// `history({after_seq | before_seq}, most)` gives `{messages, full}`: at most so many in ascending seq, and whether
  /// there may be more.
  constructor(history) {
    this.#history = history;
  }

  /// Loads the newest page, once.
  load() {
    if (this.loaded) return Promise.resolve();
    this.#loading ??= this.refresh().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /// Loads the newest page again: brings what was recalled meanwhile, and starts a new window if the old one does
  /// not reach it.
  async refresh() {
    const { messages: page, full } = await this.#history({}, PAGE);
    const first = page[0]?.seq ?? 0;
    const last = page.at(-1)?.seq ?? 0;
    if (!this.loaded || first > this.#head + 1) {
      this.messages = this.messages.filter((held) => held.seq > last);
      this.#start = first;
      this.#head = last;
      this.hasOlder = full && first > 1;
      this.loaded = true;
    }
    this.#merge(page);
    this.#reach(last);
    if (this.#newest > this.#head) await this.#pull();
  }

  /// Loads the page before the window. False if there was none.
  async loadOlder() {
    if (!this.hasOlder || this.loadingOlder) return false;
    this.loadingOlder = true;
    try {
      const start = this.#start;
      const { messages: page, full } = await this.#history({ before_seq: String(start) }, PAGE);
      if (start !== this.#start) return false;
      this.hasOlder = full && page[0].seq > 1;
      this.#start = page[0]?.seq ?? start;
      this.#merge(page);
      return page.length > 0;
    } finally {
      this.loadingOlder = false;
    }
  }

  /// Takes a message that was pushed, or that this client sent; pulls if some are missing before it.
  async receive(message) {
    this.#merge([message]);
    if (!this.loaded) return;
    this.#reach(this.#head);
    if (message.seq > this.#head) await this.catchUp(message.seq);
  }

  /// Pulls everything after the head. `reached` is a seq that is known to exist.
  catchUp(reached = 0) {
    const pull = () => (reached - this.#head > FAR ? this.refresh() : this.#pull());
    this.#pulling ??= pull().finally(() => (this.#pulling = null));
    return this.#pulling;
  }

  recall(seq) {
    this.messages = this.messages.map((held) => (held.seq === seq ? { ...held, recalled: true, content: {} } : held));
  }

  async #pull() {
    let full;
    do {
      const newest = this.#newest;
      const answer = await this.#history({ after_seq: String(this.#head) }, PULL);
      this.#merge(answer.messages);
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
    for (const held of this.messages) {
      if (held.seq === this.#head + 1) this.#head = held.seq;
    }
  }

  #merge(incoming) {
    const fitting = incoming.filter((message) => message.seq >= this.#start);
    if (fitting.length === 0) return;
    const bySeq = new Map(this.messages.map((held) => [held.seq, held]));
    for (const message of fitting) {
      if (!bySeq.get(message.seq)?.recalled) bySeq.set(message.seq, message);
    }
    this.messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  }
}
