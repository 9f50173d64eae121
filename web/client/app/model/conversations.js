/// The conversations of the account `me`, by key, and the rules by which news changes them. It asks nobody: the store
/// brings the news. News may come twice, late or out of order; none of them turns a conversation back.

import { isQuiet } from './lines.js';
import { keyOf, keyOfMessage, targetOf, withoutContent } from './wire.js';

export class Conversations {
  #me;
  #changed;
  #byKey = new Map();

  constructor(me, changed) {
    this.#me = me;
    this.#changed = changed;
  }

  /// Those that are not hidden and no requests: pinned first, then latest first.
  get list() {
    return this.#all.filter((held) => !held.hidden && !held.request).sort((a, b) => b.pinned - a.pinned || b.updatedAt - a.updatedAt);
  }

  /// What strangers wrote and the user has neither accepted nor put away, latest first.
  get requests() {
    return this.#all.filter(({ request, hidden, lastSeq }) => request && !hidden && lastSeq > 0).sort((a, b) => b.updatedAt - a.updatedAt);
  }

  /// The unread messages of those that are not muted, and everything that names the account.
  get unread() {
    return this.list.reduce((sum, { muted, mentioned, unread }) => sum + (muted ? mentioned : unread), 0);
  }

  /// One that has no message yet has the id ''.
  get(key) {
    return this.#byKey.get(key) ?? empty(key);
  }

  byId(id) {
    return this.#all.find((held) => held.id === id);
  }

  /// What is kept over a reload, and back.
  snapshot() {
    return this.#all.filter((held) => held.id);
  }

  restore(conversations) {
    for (const kept of conversations) this.#byKey.set(kept.key, { ...empty(kept.key), ...kept });
    this.#changed();
  }

  /// Lists one that the user has opened, or began to write to at `at`.
  begin(key, at = Date.now()) {
    const held = this.get(key);
    if (!this.#byKey.has(key)) this.#put({ ...held, updatedAt: at });
    else if (held.hidden) this.#put({ ...held, hidden: false });
  }

  /// Sync has told its state.
  synced(fresh) {
    const held = this.get(fresh.key);
    if (fresh.lastSeq < held.lastSeq) return;
    const readSeq = Math.max(fresh.readSeq, held.readSeq);
    const unread = Math.min(fresh.unread, Math.max(0, fresh.lastSeq - readSeq));
    const mentioned = Math.min(fresh.mentioned, unread);
    const peerReadSeq = Math.max(fresh.peerReadSeq, held.peerReadSeq);
    this.#put({ ...fresh, readSeq, unread, mentioned, peerReadSeq });
  }

  /// A message was stored or changed: pushed, or sent from here. Gives `{key, fresh, missed}`: whether it is the
  /// newest, and whether there are others between it and what was known.
  stored(message) {
    const key = keyOfMessage(message, this.#me);
    const held = this.get(key);
    // What is on top now, and what is unread, the server knows.
    if (message.hidden) return { key, fresh: false, missed: true };
    const fresh = message.seq > held.lastSeq;
    const others = message.senderId === this.#me || isQuiet(message) ? 0 : 1;
    if (fresh) {
      this.#put({
        ...held,
        id: message.conversationId,
        lastSeq: message.seq,
        lastMessage: message,
        unread: held.unread + others,
        mentioned: held.mentioned + (others && message.atUserIds.includes(this.#me) ? 1 : 0),
        updatedAt: message.createdAt,
        hidden: false,
        // An answer accepts it.
        request: held.request && message.senderId !== this.#me,
      });
    } else if (message.seq === held.lastSeq || message.seq === held.lastMessage?.seq) {
      this.#put({ ...held, lastMessage: message });
    }
    return { key, fresh, missed: message.seq > held.lastSeq + 1 };
  }

  /// The conversation `id`, which `userId` began, waits to be accepted, or does so no more.
  asked(id, userId, waiting) {
    const held = this.get(keyOf({ userId }));
    this.#put({ ...held, id, request: waiting, updatedAt: held.updatedAt || Date.now() });
  }

  /// `by` took a message back.
  recalled(id, seq, by) {
    const held = this.byId(id);
    if (held?.lastMessage?.seq !== seq) return;
    this.#put({ ...held, lastMessage: withoutContent(held.lastMessage, by) });
  }

  /// Somebody has read up to `seq`. False if the unread count has to be asked for: another device of this account has
  /// read a part.
  read(id, userId, seq) {
    const held = this.byId(id);
    if (!held) return true;
    if (userId !== this.#me) this.#put({ ...held, peerReadSeq: Math.max(held.peerReadSeq, seq) });
    else if (seq >= held.lastSeq) this.#put({ ...held, readSeq: seq, unread: 0, mentioned: 0 });
    else return seq <= held.readSeq;
    return true;
  }

  /// The user sees all of it. Gives `{id, seq}` to tell the server, or null if it was read before.
  readAll(key) {
    const held = this.get(key);
    if (!held.id || held.readSeq >= held.lastSeq) return null;
    this.#put({ ...held, readSeq: held.lastSeq, unread: 0, mentioned: 0 });
    return { id: held.id, seq: held.lastSeq };
  }

  /// `{pinned, muted, hidden}` as the user wants them.
  arranged(key, settings) {
    this.#put({ ...this.get(key), ...settings });
  }

  get #all() {
    return [...this.#byKey.values()];
  }

  #put(conversation) {
    this.#byKey.set(conversation.key, conversation);
    this.#changed();
  }
}

function empty(key) {
  return {
    key,
    userId: '',
    groupId: '',
    ...targetOf(key),
    id: '',
    lastSeq: 0,
    readSeq: 0,
    unread: 0,
    mentioned: 0,
    lastMessage: null,
    updatedAt: 0,
    peerReadSeq: 0,
    lastChange: '0',
    pinned: false,
    muted: false,
    hidden: false,
    request: false,
    ended: '',
  };
}
