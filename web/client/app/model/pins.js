/// What is pinned above conversations: asked for when it is shown, kept for the next start, and changed by what is pushed.

import { toMessage } from './wire.js';

const PAGE = 20;
const PAGES_MAX = 20;

export class Pins {
  #request;
  #archive;
  #changed;
  #known = new Map();

  constructor({ request, archive, changed }) {
    this.#request = request;
    this.#archive = archive;
    this.#changed = changed;
  }

  /// The pinned messages of conversation `id`, the one pinned last first; none until they are known.
  of(id) {
    if (!id) return [];
    const known = this.#known.get(id);
    if (!known || known.stale) this.#ask(id);
    return this.#known.get(id).messages;
  }

  /// A message was pushed or has changed.
  heard(message) {
    const known = this.#known.get(message.conversationId);
    if (!known) return;
    const others = known.messages.filter(({ seq }) => seq !== message.seq);
    if (others.length === known.messages.length && !message.pinnedAt) return;
    this.#put(message.conversationId, known, message.pinnedAt ? [message, ...others].sort(lastFirst) : others);
    known.news++;
  }

  recalled(id, seq) {
    this.heard({ conversationId: id, seq, pinnedAt: 0 });
  }

  /// Sync has told of a conversation, up to this change.
  synced(id, lastChange) {
    const known = this.#known.get(id);
    if (known && known.lastChange !== lastChange) known.stale = true;
    if (known) known.lastChange = lastChange;
  }

  /// Pushes may have been missed.
  forget() {
    for (const known of this.#known.values()) known.stale = true;
  }

  async #ask(id) {
    const known = this.#known.get(id) ?? { messages: [], lastChange: '', news: 0 };
    known.stale = false;
    const { news } = known;
    const fresh = !this.#known.has(id);
    this.#known.set(id, known);
    if (fresh) await this.#restore(id, known);
    try {
      const messages = await this.#all(id);
      // What was pushed meanwhile may be newer than the answer.
      if (known.news === news) this.#put(id, known, messages);
      else known.stale = true;
      this.#changed();
    } catch {
      // Asked again with the next connection.
    }
  }

  async #restore(id, known) {
    const kept = await this.#archive.load(`pins:${id}`);
    if (!kept || known.messages.length > 0) return;
    known.messages = kept.messages;
    this.#changed();
  }

  async #all(id) {
    const messages = [];
    let cursor = '';
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const answer = await this.#request('chat.ChatService/ListPins', { conversation_id: id, cursor, limit: PAGE });
      messages.push(...(answer.message ?? []).map(toMessage));
      cursor = answer.next_cursor ?? '';
      if (!cursor) break;
    }
    return messages;
  }

  #put(id, known, messages) {
    known.messages = messages;
    this.#archive.save(`pins:${id}`, () => ({ messages }));
  }
}

function lastFirst(a, b) {
  return b.pinnedAt - a.pinnedAt || b.seq - a.seq;
}
