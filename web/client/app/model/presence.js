/// Who is online, and who is writing where. Both are told by pushes and forgotten easily: presence is asked for again
/// after every connection, typing fades by itself.

const ASK_MAX = 100;
const TYPING_MS = 5000;
const TELL_EVERY_MS = 3000;
// A push that says somebody writes may come after the message that was written.
const LATE_MS = 1500;

export class Presence {
  #request;
  #changed;
  #online = new Map();
  #asked = new Set();
  #typing = new Map();
  #toldAt = new Map();
  #wroteAt = new Map();

  constructor(request, changed) {
    this.#request = request;
    this.#changed = changed;
  }

  /// `{online, lastSeen}` of an account; `lastSeen` is 0 where it is not known or not to be seen.
  of(userId) {
    return this.#online.get(userId) ?? { online: false, lastSeen: 0 };
  }

  /// Asks for those that were not asked for since the last connection; `anew` for all. Pushes tell of friends only.
  async ask(userIds, anew = false) {
    const wanted = userIds.filter((id) => id && (anew || !this.#asked.has(id)));
    for (const id of wanted) this.#asked.add(id);
    for (let from = 0; from < wanted.length; from += ASK_MAX) {
      const answer = await this.#request('chat.ChatService/GetPresence', { user_id: wanted.slice(from, from + ASK_MAX) });
      for (const each of answer.presence ?? []) this.#put(each);
    }
    if (wanted.length > 0) this.#changed();
  }

  /// push.presence
  told(data) {
    this.#put(data);
    this.#changed();
  }

  /// The connection was lost: what was known may be over.
  forget() {
    this.#asked.clear();
    this.#online.clear();
    this.#wroteAt.clear();
  }

  /// Who is writing in a conversation, by account id.
  typing(conversationId) {
    return [...(this.#typing.get(conversationId)?.keys() ?? [])];
  }

  /// push.typing
  types(conversationId, userId) {
    if (Date.now() - (this.#wroteAt.get(`${conversationId} ${userId}`) ?? 0) < LATE_MS) return;
    const writers = this.#typing.get(conversationId) ?? new Map();
    this.#typing.set(conversationId, writers);
    clearTimeout(writers.get(userId));
    writers.set(userId, setTimeout(() => this.#stops(conversationId, userId), TYPING_MS));
    this.#changed();
  }

  /// A message of this account has come.
  wrote(conversationId, userId) {
    this.#wroteAt.set(`${conversationId} ${userId}`, Date.now());
    this.#stops(conversationId, userId);
  }

  #stops(conversationId, userId) {
    const writers = this.#typing.get(conversationId);
    if (!writers?.has(userId)) return;
    clearTimeout(writers.get(userId));
    writers.delete(userId);
    if (writers.size === 0) this.#typing.delete(conversationId);
    this.#changed();
  }

  /// The user of this client is writing: tells the others, at most every 3 s.
  write(conversationId) {
    const now = Date.now();
    if (!conversationId || now - (this.#toldAt.get(conversationId) ?? 0) < TELL_EVERY_MS) return;
    this.#toldAt.set(conversationId, now);
    this.#request('chat.ChatService/Typing', { conversation_id: conversationId }).catch(() => {});
  }

  #put({ user_id: userId, online, last_seen_ms: lastSeen }) {
    this.#online.set(userId, { online: Boolean(online), lastSeen: Number(lastSeen ?? 0) });
  }
}
