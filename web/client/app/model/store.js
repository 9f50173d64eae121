/// Everything the signed-in account sees: conversations, their messages, and what is on its way out.
///
/// The server is the only source: a push brings news early, `Sync`, `History` and `ListChanges` bring it surely. What
/// this browser has kept is shown first. After every (re)connection the store syncs from its cursor, catches up the
/// open conversation and empties the outbox; the same pull runs on a slow timer, so that a lost push costs time and
/// never a message. What the user does to messages is in `deeds.js`. Fires `change` (at most once a task), `message`
/// (detail: a message of somebody else's that has just arrived), `push` (detail `{cmd, data}`, after the store took it),
/// `authors` (whose posts this account follows is other than it was).

import { forgetAnnouncements } from './announcements.js';
import { Archive } from './archive.js';
import { Conversations } from './conversations.js';
import { Drafts } from './drafts.js';
import { Directory } from './directory.js';
import { Members } from './members.js';
import { Notifier } from './notifier.js';
import { Outbox } from './outbox.js';
import { Pins } from './pins.js';
import { Presence } from './presence.js';
import { Places } from './places.js';
import { Previews } from './previews.js';
import { pushed } from './pushes.js';
import { send } from './sending.js';
import { ReadCounts } from './read-counts.js';
import { Syncing } from './syncing.js';
import { Timelines } from './timelines.js';
import { UnreadMarks } from './unread-marks.js';

const SLOW_PULL_MS = 60_000;

export class Store extends Notifier {
  me;
  directory;
  presence;
  outbox;
  drafts;
  places;
  unreadMarks;
  members;
  readCounts;
  pins;
  previews;
  /// True once there is something to show: what was kept, or the first Sync.
  ready = false;
  /// The key of the conversation on screen, or ''.
  openKey = '';
  /// The message that the user wants to see next: `{key, seq}`, with an `offset` in pixels where it is only to be where it
  /// was; or null. Whoever shows it sets it back.
  sought = null;

  #socket;
  #archive;
  #conversations;
  #timelines;
  #syncing;
  #slowPull;
  #restored;

  constructor(socket, me) {
    super();
    this.me = me;
    this.#socket = socket;
    this.#archive = new Archive(me);
    const { request } = this;
    const changed = () => this.changed();
    this.#conversations = new Conversations(me, () => {
      this.#syncing.keep();
      this.changed();
    });
    this.#timelines = new Timelines({
      request,
      archive: this.#archive,
      conversation: (key) => this.conversation(key),
      taken: (message) => this.#settle(message),
      changed,
    });
    this.directory = new Directory(request, changed);
    this.members = new Members(request, this.directory, me);
    this.presence = new Presence(request, changed);
    this.readCounts = new ReadCounts(request, changed);
    this.previews = new Previews(request, changed);
    this.pins = new Pins({ request, archive: this.#archive, changed });
    this.#syncing = new Syncing({
      request,
      archive: this.#archive,
      conversations: this.#conversations,
      directory: this.directory,
      synced: (fresh) => {
        this.pins.synced(fresh.id, fresh.lastChange);
        this.#timelines.synced(fresh).then(changed);
      },
    });
    this.outbox = new Outbox({ account: me, changed, deliver: (item, signal) => this.#deliver(item, signal) });
    this.drafts = new Drafts(me, changed);
    this.places = new Places(me);
    this.unreadMarks = new UnreadMarks(me);
    socket.addEventListener('ready', this.#connected);
    socket.addEventListener('state', changed);
    socket.addEventListener('push', this.#heard);
    addEventListener('pagehide', this.#leaving);
    addEventListener('storage', this.#elsewhere);
    this.#slowPull = setInterval(() => this.connection === 'online' && this.sync().catch(() => {}), SLOW_PULL_MS);
    this.#restored = this.#restore();
  }

  /// The socket's `state`, or 'silent' where there seems to be no network.
  get connection() {
    return this.#socket.silent && this.#socket.state === 'online' ? 'silent' : this.#socket.state;
  }

  /// Pinned first, then latest first.
  get conversations() {
    return this.#conversations.list;
  }

  /// Conversations that strangers began and that wait to be accepted, latest first.
  get requests() {
    return this.#conversations.requests;
  }

  get unread() {
    return this.#conversations.unread;
  }

  /// Calls a method of the native API; throws a Fault.
  request = (cmd, data) => this.#socket.request(cmd, data);

  /// The conversation of `key`; one that has no message yet has the id ''.
  conversation(key) {
    return this.#conversations.get(key);
  }

  timeline(key) {
    return this.#timelines.get(key);
  }

  /// The message of this seq, or undefined while it is not known.
  quoted(key, seq) {
    return this.#timelines.quoted(key, seq);
  }

  /// Shows `key`: lists it even if it is new, and loads its newest messages.
  async open(key) {
    this.openKey = key;
    this.unreadMarks.drop(key);
    if (key && this.ready) await this.#show(key);
    this.changed();
  }

  /// Opens a conversation at one of its messages.
  seek(key, seq) {
    this.sought = { key, seq };
    location.hash = key;
    this.changed();
  }

  /// Sends as soon as there is a connection; somebody who writes does not want to wait for the next attempt.
  /// `more` is as Outbox.add takes it.
  send(key, kind, content, more = {}) {
    this.outbox.add(key, kind, content, more);
    if (this.connection === 'waiting') this.#socket.hurry();
    this.load(key, (timeline) => timeline.hasNewer && timeline.newest());
  }

  /// Lets a timeline load something, such as `(timeline) => timeline.loadOlder()`. Without a connection nothing comes.
  async load(key, what) {
    await Promise.resolve(what(this.timeline(key))).catch(() => {});
    this.changed();
  }

  /// Pulls what was missed while there was no connection. Windows that are not on screen are dropped: they come from
  /// what was kept, and are caught up, when they are opened.
  async recover() {
    await this.#restored;
    this.#timelines.dropBut(this.openKey);
    this.directory.forget('');
    this.presence.forget();
    this.pins.forget();
    try {
      await this.#syncing.markAgain();
      await this.sync();
      this.#listDrafts();
      this.ready = true;
      if (this.openKey) await this.#show(this.openKey);
    } catch {
      // The connection went again; the next one recovers.
    }
    this.outbox.resume();
    this.changed();
    this.directory.learnFriends().catch(() => {});
    this.presence.ask(this.conversations.map(({ userId }) => userId)).catch(() => {});
  }

  /// Brings the conversation list up to date.
  sync() {
    return this.#syncing.pull();
  }

  /// Marks everything in `key` as read, here and on the server.
  markRead(key) {
    const mark = this.#conversations.readAll(key);
    if (mark) this.#syncing.mark(mark).catch(() => {});
  }

  /// Marks a conversation to come back to, in this browser only.
  markUnread(key) {
    this.unreadMarks.put(key);
    this.changed();
  }

  /// Takes the mark away again, and reads what is unread.
  markSeen(key) {
    this.unreadMarks.drop(key);
    this.markRead(key);
    this.changed();
  }

  /// `settings` of `{pinned, muted, hidden}` that the server has taken.
  arranged(key, settings) {
    this.#conversations.arranged(key, settings);
  }

  /// Takes a stored message: one that was pushed, that this client has just sent, or that has changed.
  accept(message) {
    this.#settle(message);
    this.pins.heard(message);
    const { key, fresh, missed } = this.#conversations.stored(message);
    if (missed) this.sync().catch(() => {});
    if (fresh && message.senderId !== this.me) {
      this.presence.wrote(message.conversationId, message.senderId);
      if (this.ready) this.dispatchEvent(new CustomEvent('message', { detail: message }));
    }
    this.#timelines.receive(key, message).then(() => this.changed());
    this.changed();
  }

  /// `by` took a message back: its sender, or who leads the group.
  recalled(conversationId, seq, by) {
    const held = this.#conversations.byId(conversationId);
    if (held) this.#timelines.recall(held.key, seq, by);
    this.#conversations.recalled(conversationId, seq, by);
    this.pins.recalled(conversationId, seq);
    this.changed();
  }

  /// A conversation that `userId` began waits to be accepted, or does so no more.
  asked(id, userId, waiting) {
    this.#conversations.asked(id, userId, waiting);
  }

  /// Somebody, on whatever device, has read up to `seq`.
  readBy(userId, conversationId, seq) {
    this.readCounts.forget(conversationId);
    if (!this.#conversations.read(conversationId, userId, seq)) this.sync().catch(() => {});
  }

  /// Stops. With `forget`, this browser keeps nothing of the account.
  close(forget) {
    clearInterval(this.#slowPull);
    this.#socket.removeEventListener('ready', this.#connected);
    this.#socket.removeEventListener('push', this.#heard);
    removeEventListener('pagehide', this.#leaving);
    removeEventListener('storage', this.#elsewhere);
    this.outbox.close();
    this.drafts.close(forget);
    if (forget) {
      this.places.forget();
      this.unreadMarks.forget();
      forgetAnnouncements(this.me);
    }
    this.#archive.close(forget);
  }

  #connected = () => this.recover();
  #heard = ({ detail }) => {
    pushed(this, detail.cmd, detail.data);
    this.dispatchEvent(new CustomEvent('push', { detail }));
  };
  #leaving = () => this.#archive.flush();
  // What another tab has noted, such as an announcement that was seen there.
  #elsewhere = () => this.changed();

  async #restore() {
    if (!(await this.#syncing.restore()) || this.ready) return;
    this.#listDrafts();
    this.ready = true;
    if (this.openKey) await this.#timelines.restored(this.openKey);
    this.changed();
  }

  /// A conversation that was begun and has no message yet is in the list for as long as it has a draft.
  #listDrafts() {
    for (const key of this.drafts.keys) {
      if (!this.conversation(key).id) this.#conversations.begin(key, this.drafts.of(key).at);
    }
  }

  async #show(key) {
    this.#conversations.begin(key);
    this.presence.ask([this.conversation(key).userId], true).catch(() => {});
    if (this.conversation(key).groupId) this.directory.forget(key);
    await this.#timelines.restored(key);
    this.changed();
    if (this.#socket.state === 'online') await this.#timelines.bringUp(key).catch(() => {});
    this.changed();
  }

  async #deliver(item, signal) {
    const { outbox, me } = this;
    this.accept(await send(item, { request: this.request, outbox, me, signal }));
  }

  /// A stored message of this account's is not waiting to be sent any more.
  #settle(message) {
    this.directory.heard(message.senderId, message.senderVersion);
    if (message.clientMessageId && message.senderId === this.me) this.outbox.remove(message.clientMessageId);
    return message;
  }
}
