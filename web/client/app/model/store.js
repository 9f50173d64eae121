/// Everything the signed-in account sees: conversations, their messages, and what is on its way out.
///
/// The server is the only source: a push brings news early, `Sync` and `History` bring it surely. After every
/// (re)connection the store syncs from its cursor, catches up the open conversation and empties the outbox; the same
/// pull runs on a slow timer, so that a lost push costs time and never a message. Fires `change` (at most once a
/// task), `message` (detail: a message of somebody else's that has just arrived) and `push` (detail: `{cmd, data}`, after
/// the store took it).

import { renewTab } from '../session.js';
import { Conversations } from './conversations.js';
import { Directory } from './directory.js';
import { Outbox } from './outbox.js';
import { page } from './paging.js';
import { send } from './sending.js';
import { Timeline } from './timeline.js';
import { keyOf, toConversation, toMessage } from './wire.js';

const SYNC_PAGE = 100;
const SLOW_PULL_MS = 60_000;
const TOLD_MS = 5000;

export class Store extends EventTarget {
  me;
  directory;
  outbox;
  /// True once the first Sync has come.
  ready = false;
  /// The key of the conversation on screen, or ''.
  openKey = '';
  /// A word to the user that goes away by itself, or ''.
  told = '';

  #socket;
  #cursor = '';
  #conversations;
  #timelines = new Map();
  #unmarked = new Map();
  #syncing = null;
  #notified = false;
  #slowPull;

  constructor(socket, me) {
    super();
    this.me = me;
    this.#socket = socket;
    const request = (cmd, data) => socket.request(cmd, data);
    const changed = () => this.#changed();
    this.#conversations = new Conversations(me, changed);
    this.directory = new Directory(request, changed);
    this.outbox = new Outbox({ account: me, changed, deliver: (item) => this.#deliver(item) });
    socket.addEventListener('ready', () => this.recover());
    socket.addEventListener('state', changed);
    socket.addEventListener('push', ({ detail }) => {
      this.#pushed(detail.cmd, detail.data);
      this.dispatchEvent(new CustomEvent('push', { detail }));
    });
    socket.addEventListener('replaced', renewTab);
    this.#slowPull = setInterval(() => this.#socket.state === 'online' && this.sync().catch(() => {}), SLOW_PULL_MS);
  }

  get connection() {
    return this.#socket.state;
  }

  /// Latest first.
  get conversations() {
    return this.#conversations.list;
  }

  get unread() {
    return this.#conversations.unread;
  }

  request(cmd, data) {
    return this.#socket.request(cmd, data);
  }

  /// The conversation of `key`; one that has no message yet has the id ''.
  conversation(key) {
    return this.#conversations.get(key);
  }

  timeline(key) {
    let timeline = this.#timelines.get(key);
    if (!timeline) {
      timeline = new Timeline((bounds, most) => this.#history(key, bounds, most));
      this.#timelines.set(key, timeline);
    }
    return timeline;
  }

  /// Shows `key`: lists it even if it is new, and loads its newest messages.
  async open(key) {
    this.openKey = key;
    if (key && this.ready) this.#conversations.begin(key);
    this.#changed();
    if (key && this.ready) await this.timeline(key).load().catch(() => {});
    this.#changed();
  }

  /// Sends as soon as there is a connection; somebody who writes does not want to wait for the next attempt.
  send(key, kind, content, file = null) {
    this.outbox.add(key, kind, content, file);
    if (this.connection === 'waiting') this.#socket.hurry();
  }

  async loadOlder(key) {
    const more = await this.timeline(key).loadOlder().catch(() => false);
    this.#changed();
    return more;
  }

  /// Pulls what was missed while there was no connection. Windows that are not on screen are dropped: they are
  /// loaded anew when they are opened.
  async recover() {
    for (const key of this.#timelines.keys()) if (key !== this.openKey) this.#timelines.delete(key);
    this.directory.forget('');
    try {
      await this.#markAgain();
      await this.sync();
      this.ready = true;
      if (this.openKey) await this.#recoverOpen(this.timeline(this.openKey));
    } catch {
      // The connection went again; the next one recovers.
    }
    this.outbox.resume();
    this.#changed();
  }

  async #recoverOpen(timeline) {
    if (!timeline.loaded) return this.open(this.openKey);
    await timeline.catchUp(this.conversation(this.openKey).lastSeq);
    await timeline.refresh();
  }

  /// Brings the conversation list up to date.
  sync() {
    this.#syncing ??= this.#pullConversations().finally(() => (this.#syncing = null));
    return this.#syncing;
  }

  /// Marks everything in `key` as read, here and on the server.
  markRead(key) {
    const mark = this.#conversations.readAll(key);
    if (mark) this.#mark(mark.id, mark.seq).catch(() => {});
  }

  async recall(message) {
    await this.request('conversation.ConversationService/Recall', { id: message.id });
    this.#recalled(message.conversationId, message.seq);
  }

  tell(text) {
    this.told = text;
    this.#changed();
    setTimeout(() => {
      if (this.told !== text) return;
      this.told = '';
      this.#changed();
    }, TOLD_MS);
  }

  close() {
    clearInterval(this.#slowPull);
    this.outbox.close();
  }

  /// Tells the server; a mark that it did not get is kept for the next connection.
  async #mark(conversationId, seq) {
    this.#unmarked.set(conversationId, seq);
    await this.request('conversation.ConversationService/MarkRead', { conversation_id: conversationId, seq: String(seq) });
    if (this.#unmarked.get(conversationId) === seq) this.#unmarked.delete(conversationId);
  }

  async #markAgain() {
    for (const [conversationId, seq] of this.#unmarked) await this.#mark(conversationId, seq);
  }

  async #deliver(item) {
    this.#accept(await send(item, { request: (cmd, data) => this.request(cmd, data), outbox: this.outbox, me: this.me }));
  }

  async #history(key, bounds, most) {
    const { id } = this.conversation(key);
    if (!id) return { messages: [], full: false };
    const { answer, limit } = await page(most, (limit) =>
      this.request('conversation.ConversationService/History', { conversation_id: id, ...bounds, limit }));
    const messages = (answer.message ?? []).map(toMessage).map((message) => this.#settle(message));
    return { messages, full: messages.length === limit };
  }

  async #pullConversations() {
    let answer;
    do {
      ({ answer } = await page(SYNC_PAGE, (limit) =>
        this.request('conversation.ConversationService/Sync', { cursor: this.#cursor, limit })));
      for (const json of answer.conversation ?? []) this.#synced(toConversation(json));
      this.#cursor = answer.next_cursor || this.#cursor;
    } while (answer.more);
  }

  #synced(fresh) {
    this.#conversations.synced(fresh);
    const timeline = this.#timelines.get(fresh.key);
    if (timeline?.loaded && fresh.lastMessage) {
      this.#settle(fresh.lastMessage);
      timeline.receive(fresh.lastMessage).catch(() => {}).then(() => this.#changed());
    }
  }

  #pushed(cmd, data) {
    if (cmd === 'push.message') this.#accept(toMessage(data.message));
    else if (cmd === 'push.recall') this.#recalled(data.conversation_id, Number(data.seq));
    else if (cmd === 'push.read') {
      if (!this.#conversations.read(data.conversation_id, data.user_id, Number(data.seq))) this.sync().catch(() => {});
    } else if (cmd === 'push.group') {
      this.directory.forget(keyOf({ groupId: data.id }));
      this.sync().catch(() => {});
    }
  }

  /// Takes a message that was pushed or that this client has just sent.
  #accept(message) {
    this.#settle(message);
    const { key, fresh, missed } = this.#conversations.stored(message);
    if (missed) this.sync().catch(() => {});
    if (fresh && message.senderId !== this.me) this.dispatchEvent(new CustomEvent('message', { detail: message }));
    this.timeline(key).receive(message).catch(() => {}).then(() => this.#changed());
    this.#changed();
  }

  /// A stored message of this account's is not waiting to be sent any more.
  #settle(message) {
    if (message.clientMessageId && message.senderId === this.me) this.outbox.remove(message.clientMessageId);
    return message;
  }

  #recalled(conversationId, seq) {
    const held = this.#conversations.byId(conversationId);
    if (held) this.#timelines.get(held.key)?.recall(seq);
    this.#conversations.recalled(conversationId, seq);
    this.#changed();
  }

  #changed() {
    if (this.#notified) return;
    this.#notified = true;
    queueMicrotask(() => {
      this.#notified = false;
      this.dispatchEvent(new Event('change'));
    });
  }
}
