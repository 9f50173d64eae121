/// Keeps the list of conversations the same as the server's: pulls what changed after a cursor, tells what was read,
/// and keeps both over a reload.

import { page } from './paging.js';
import { toConversation } from './wire.js';

const PAGE = 100;
const RECORD = 'list';

export class Syncing {
  #request;
  #archive;
  #conversations;
  #directory;
  #synced;
  #cursor = '';
  #unmarked = new Map();
  #pulling = null;

  /// `synced(conversation)` is called for each that the server tells.
  constructor({ request, archive, conversations, directory, synced }) {
    this.#request = request;
    this.#archive = archive;
    this.#conversations = conversations;
    this.#directory = directory;
    this.#synced = synced;
  }

  /// Brings the list up to date; one pull at a time.
  pull() {
    this.#pulling ??= this.#pull().finally(() => (this.#pulling = null));
    return this.#pulling;
  }

  /// Tells the server what was read; a mark that it did not get is kept for the next connection.
  async mark({ id, seq }) {
    this.#unmarked.set(id, seq);
    await this.#request('conversation.ConversationService/MarkRead', { conversation_id: id, seq: String(seq) });
    if (this.#unmarked.get(id) === seq) this.#unmarked.delete(id);
  }

  async markAgain() {
    for (const [id, seq] of this.#unmarked) await this.mark({ id, seq });
  }

  /// Notes that there is something new to keep.
  keep() {
    this.#archive.save(RECORD, () => ({
      cursor: this.#cursor,
      unmarked: [...this.#unmarked],
      directory: this.#directory.snapshot(),
      conversations: this.#conversations.snapshot(),
    }));
  }

  /// Shows what was kept, so that there is something to read before the server has answered. False if there is none.
  async restore() {
    const kept = await this.#archive.load(RECORD);
    if (!kept || this.#cursor) return false;
    this.#cursor = kept.cursor;
    this.#unmarked = new Map(kept.unmarked);
    this.#directory.restore(kept.directory);
    this.#conversations.restore(kept.conversations);
    return true;
  }

  async #pull() {
    let answer;
    do {
      ({ answer } = await page(PAGE, (limit) =>
        this.#request('conversation.ConversationService/Sync', { cursor: this.#cursor, limit })));
      for (const json of answer.conversation ?? []) {
        const fresh = toConversation(json);
        this.#conversations.synced(fresh);
        if (fresh.formerName) this.#directory.learnFormer(fresh.groupId, fresh.formerName);
        if (fresh.lastMessage) this.#directory.heard(fresh.lastMessage.senderId, fresh.lastMessage.senderVersion);
        this.#synced(fresh);
      }
      this.#cursor = answer.next_cursor || this.#cursor;
    } while (answer.more);
    this.keep();
  }
}
