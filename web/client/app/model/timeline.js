/// The messages of one conversation that this client holds: ordered by seq, each once.
///
/// It holds a window that ends at the newest message and grows backwards on demand. `#head` is the seq up to which
/// everything that the account may see is here; a message beyond head + 1 means that some were missed, and they are
/// pulled. Seqs are dense on the server, but an account that was out of a group for a while never sees some of them,
/// so what a pull does not bring is not waited for.

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
  #head = 0;
  #loading = null;
  #pulling = null;

  /// `history({after_seq | before_seq, limit})` gives messages in ascending seq.
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
    const page = await this.#history({ limit: PAGE });
    const touches = page.length === 0 || page[0].seq <= this.#head + 1;
    if (!this.loaded || !touches) {
      this.messages = this.messages.filter((held) => page.length === 0 || held.seq > page.at(-1).seq);
      this.hasOlder = page.length === PAGE && page[0].seq > 1;
    }
    this.#merge(page);
    this.#head = Math.max(this.#head, page.at(-1)?.seq ?? 0);
    this.loaded = true;
    this.#advance();
  }

  /// Loads the page before the window. False if there was none.
  async loadOlder() {
    if (!this.hasOlder || this.loadingOlder) return false;
    this.loadingOlder = true;
    try {
      const page = await this.#history({ before_seq: String(this.messages[0].seq), limit: PAGE });
      this.hasOlder = page.length === PAGE && page[0].seq > 1;
      this.#merge(page);
      return page.length > 0;
    } finally {
      this.loadingOlder = false;
    }
  }

  /// Takes a message that was pushed, or that this client sent; pulls if some are missing before it.
  receive(message) {
    this.#merge([message]);
    if (!this.loaded) return Promise.resolve();
    this.#advance();
    return message.seq > this.#head ? this.catchUp(message.seq) : Promise.resolve();
  }

  /// Pulls everything after the head. `reached` is a seq that is known to exist.
  catchUp(reached = 0) {
    const pull = () => (reached - this.#head > FAR ? this.refresh() : this.#pull(reached));
    this.#pulling ??= pull().finally(() => (this.#pulling = null));
    return this.#pulling;
  }

  recall(seq) {
    this.messages = this.messages.map((held) => (held.seq === seq ? { ...held, recalled: true, content: {} } : held));
  }

  async #pull(reached) {
    let page;
    do {
      page = await this.#history({ after_seq: String(this.#head), limit: PULL });
      this.#merge(page);
      this.#head = Math.max(this.#head, page.at(-1)?.seq ?? reached);
      this.#advance();
    } while (page.length === PULL);
  }

  /// Moves the head over messages that are already here.
  #advance() {
    for (const held of this.messages) {
      if (held.seq === this.#head + 1) this.#head = held.seq;
    }
  }

  #merge(incoming) {
    if (incoming.length === 0) return;
    const bySeq = new Map(this.messages.map((held) => [held.seq, held]));
    for (const message of incoming) bySeq.set(message.seq, message);
    this.messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  }
}
