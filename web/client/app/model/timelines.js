/// The timelines that are held, by conversation: loaded from what this browser has kept, brought up to date from the
/// server, and kept again when they change. At most a few at a time.

import { page } from './paging.js';
import { Timeline } from './timeline.js';
import { beyond, toMessage } from './wire.js';

const HELD_MAX = 6;
const CHANGES_PAGE = 100;
const QUOTED_MAX = 500;

export class Timelines {
  #request;
  #archive;
  #conversation;
  #taken;
  #held = new Map();
  #looking = new Map();
  #quoted = new Map();
  #changed;

  /// `conversation(key)` gives what is known of one; `taken(message)` is told of every message that comes; `changed()`
  /// is called when something came that nobody waits for.
  constructor({ request, archive, conversation, taken, changed }) {
    this.#request = request;
    this.#archive = archive;
    this.#conversation = conversation;
    this.#taken = taken;
    this.#changed = changed;
  }

  get(key) {
    let timeline = this.#held.get(key);
    if (!timeline) {
      timeline = new Timeline((bounds, most) => this.#history(key, bounds, most));
      this.#held.set(key, timeline);
      const oldest = this.#held.keys().next().value;
      if (this.#held.size > HELD_MAX && oldest !== key) this.#held.delete(oldest);
    }
    return timeline;
  }

  dropBut(key) {
    for (const held of this.#held.keys()) if (held !== key) this.#held.delete(held);
  }

  /// The timeline of `key` with what was kept of it.
  async restored(key) {
    const timeline = this.get(key);
    if (timeline.loaded) return;
    const looking = this.#looking.get(timeline) ?? this.#archive.load(`timeline:${key}`);
    this.#looking.set(timeline, looking);
    const kept = await looking;
    this.#looking.delete(timeline);
    if (kept) timeline.restore(kept);
  }

  /// Loads it, or pulls what it has missed: messages, then changes of old ones.
  async bringUp(key) {
    const timeline = this.get(key);
    const { lastSeq, lastChange } = this.#conversation(key);
    if (timeline.loaded) {
      await timeline.catchUp(lastSeq);
    } else {
      timeline.changes = lastChange;
      await timeline.load();
    }
    await this.#pullChanges(key, timeline);
    this.#keep(key, timeline);
  }

  /// One message that another answers, or undefined while it is not known: it is asked for.
  quoted(key, seq) {
    const held = this.#held.get(key)?.at(seq);
    if (held) return held;
    const name = `${key}/${seq}`;
    if (!this.#quoted.has(name)) this.#ask(key, seq, name);
    return this.#quoted.get(name);
  }

  async receive(key, message) {
    this.#quoted.delete(`${key}/${message.seq}`);
    const timeline = this.#held.get(key);
    if (!timeline) return;
    await timeline.receive(message).catch(() => {});
    this.#keep(key, timeline);
  }

  recall(key, seq, by) {
    this.#quoted.delete(`${key}/${seq}`);
    const timeline = this.#held.get(key);
    if (!timeline) return;
    timeline.recall(seq, by);
    this.#keep(key, timeline);
  }

  /// Sync has told the state of a conversation.
  async synced({ key, lastMessage }) {
    if (lastMessage) this.#taken(lastMessage);
    const timeline = this.#held.get(key);
    if (!timeline?.loaded) return;
    // Of one that is here it does not tell everything: what has changed comes with the changes.
    if (lastMessage && !timeline.at(lastMessage.seq)) await timeline.receive(lastMessage).catch(() => {});
    await this.#pullChanges(key, timeline).catch(() => {});
    this.#keep(key, timeline);
  }

  async #ask(key, seq, name) {
    if (this.#quoted.size >= QUOTED_MAX) this.#quoted.clear();
    this.#quoted.set(name, undefined);
    try {
      const { messages } = await this.#history(key, { after_seq: String(seq - 1) }, 1);
      if (messages[0]?.seq !== seq) return;
      this.#quoted.set(name, messages[0]);
      this.#changed();
    } catch {
      this.#quoted.delete(name);
    }
  }

  async #pullChanges(key, timeline) {
    const { id, lastChange } = this.#conversation(key);
    if (!id || !beyond(lastChange, timeline.changes)) return;
    let answer;
    do {
      ({ answer } = await page(CHANGES_PAGE, (limit) =>
        this.#request('chat.ChatService/ListChanges', { conversation_id: id, cursor: timeline.changes || '0', limit })));
      for (const json of answer.message ?? []) timeline.replace(toMessage(json));
      timeline.changes = answer.next_cursor;
    } while (answer.more);
  }

  async #history(key, bounds, most) {
    const { id } = this.#conversation(key);
    if (!id) return { messages: [], full: false };
    const { answer, limit } = await page(most, (limit) =>
      this.#request('conversation.ConversationService/History', { conversation_id: id, ...bounds, limit }));
    const messages = (answer.message ?? []).map(toMessage);
    for (const message of messages) this.#taken(message);
    return { messages, full: messages.length === limit };
  }

  #keep(key, timeline) {
    this.#archive.save(`timeline:${key}`, () => timeline.snapshot());
  }
}
