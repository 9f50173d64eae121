/// How many have read a message of a group: asked for when it is shown, and again when somebody has read.

const KNOWN_MAX = 200;

export class ReadCounts {
  #request;
  #changed;
  #known = new Map();

  constructor(request, changed) {
    this.#request = request;
    this.#changed = changed;
  }

  /// A number; 0 until it is known.
  of({ id, conversationId }) {
    const known = this.#known.get(id);
    if (!known || known.stale) this.#ask(id, conversationId, known?.count ?? 0);
    return this.#known.get(id).count;
  }

  /// Somebody has read in this conversation.
  forget(conversationId) {
    for (const known of this.#known.values()) if (known.conversationId === conversationId) known.stale = true;
  }

  async #ask(id, conversationId, count) {
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    this.#known.set(id, { conversationId, count, stale: false });
    try {
      const answer = await this.#request('chat.ChatService/ListReaders', { id, page: 1, page_size: 1 });
      const found = this.#known.get(id);
      if (found) found.count = Number(answer.pager?.total_rows ?? 0);
      this.#changed();
    } catch {
      // Asked again with the next news.
    }
  }
}
