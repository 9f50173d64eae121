/// The scrolled part of a chat. Only the rows near what is on screen are in the page (`row-window.js`). It stays at the
/// newest message while the reader is there, else keeps what is on screen where it is, whatever comes above or below,
/// and tells the store what has been read. Fires `reply`, `edit` and `select` (detail: the message).

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { isLine, isQuiet } from '../model/lines.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { MessageKeys } from './message-keys.js';
import { messageMenu } from './message-menu.js';
import { messageRow } from './message-row.js';
import { RowWindow } from './row-window.js';
import { rowsOf } from './rows.js';
import { summary } from './summary.js';

const NEAR_EDGE_PX = 900;
const FLASH_MS = 2200;

class MessageList extends ParleyElement {
  static properties = { chat: { attribute: false }, selected: { attribute: false }, atEnd: { state: true }, arrived: { state: true }, spoken: { state: true } };

  #window = new RowWindow(this);
  #keys = new MessageKeys(this);
  #made = {};
  #placed = false;
  #moved = false;
  #unreadAfter = null;
  #waiting = 0;
  #asked = '';
  #flash = '';
  #resized = new ResizeObserver(() => this.#settle());
  #seen = () => this.requestUpdate();
  #heard = (event) => this.#announce(event.detail);
  #leaving = () => this.#keepPlace(this.chat);

  constructor() {
    super();
    this.selected = null;
    this.#reset();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('focus', this.#seen);
    addEventListener('pagehide', this.#leaving);
    document.addEventListener('visibilitychange', this.#seen);
    this.store.addEventListener('message', this.#heard);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leaving();
    removeEventListener('focus', this.#seen);
    removeEventListener('pagehide', this.#leaving);
    document.removeEventListener('visibilitychange', this.#seen);
    this.store.removeEventListener('message', this.#heard);
    this.#resized.disconnect();
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.get('chat')) this.#keepPlace(changed.get('chat'));
    if (changed.has('chat')) this.#reset();
    const timeline = this.#timeline;
    if (this.#unreadAfter === null && timeline.loaded) this.#unreadAfter = this.#readBefore();
    this.#makeRows(timeline);
    if (!this.#placed && timeline.loaded) this.#firstSight();
    this.#window.choose();
  }

  render() {
    const timeline = this.#timeline;
    const { rows, first, last } = this.#window;
    const isGroup = this.chat.startsWith('group:');
    const mine = (message) => message.senderId === this.store.me && !message.recalled && !message.hidden && !isLine(message);
    const lastMine = isGroup ? timeline.messages.findLast(mine)?.seq : 0;
    const view = { store: this.store, chat: this.chat, isGroup, lastMine, flash: this.#flash, selected: this.selected, on: this.#on };
    return html`
      <div class="messages" tabindex="-1" role="log" aria-live="off" aria-label=${t('chat.messages')} data-testid="messages"
        data-loaded=${timeline.loaded} @scroll=${this.#scrolled} @keydown=${(event) => this.#keys.pressed(event)}
        @focusin=${(event) => this.#keys.focused(event)}>
        <div class="messages-inside">
          ${this.#top(timeline)}
          <div class="chat-rows">
            <div class="spacer" data-part="above"></div>
            ${repeat(rows.slice(first, last), (row) => row.id, (row) => messageRow(row, view))}
            <div class="spacer" data-part="below"></div>
          </div>
        </div>
      </div>
      ${this.atEnd ? nothing : this.#jump()}
      <p class="for-screen-reader" aria-live="polite" data-testid="announcement">${this.spoken}</p>`;
  }

  firstUpdated() {
    this.#resized.observe(this.#window.scroller);
    this.#resized.observe(this.querySelector('.chat-rows'));
  }

  updated() {
    this.#settle();
    this.#keys.rove();
    if (this.#moved) this.#scrolled();
    this.#moved = false;
    this.#follow();
    if (this.#placed && this.atEnd && document.visibilityState === 'visible' && document.hasFocus()) {
      this.store.markRead(this.chat);
    }
    const { sought } = this.store;
    const timeline = this.#timeline;
    if (sought?.key !== this.chat || !timeline.loaded) return;
    if (this.store.connection === 'online' || timeline.at(sought.seq)) this.#seek(sought);
  }

  #on = {
    menu: (message, anchor) => messageMenu(message, anchor, this.store, this),
    seek: (seq) => this.store.seek(this.chat, seq),
    select: (message) => this.dispatchEvent(new CustomEvent('select', { detail: message })),
  };

  get #timeline() {
    return this.store.timeline(this.chat);
  }

  #reset() {
    this.#window.place = { end: true };
    this.#made = {};
    this.#placed = false;
    this.#unreadAfter = null;
    this.#flash = '';
    this.#asked = '';
    this.atEnd = true;
    this.arrived = 0;
    this.spoken = '';
  }

  /// Makes the rows again if what they are made of has changed.
  #makeRows({ messages, hasNewer }) {
    const waiting = hasNewer ? [] : this.store.outbox.of(this.chat);
    if (waiting.length > this.#waiting) this.#window.place = { end: true };
    this.#waiting = waiting.length;
    const unreadAfter = this.#unreadAfter ?? Infinity;
    const made = this.#made;
    const same = made.messages === messages && made.unreadAfter === unreadAfter &&
      made.waiting.length === waiting.length && made.waiting.every((item, i) => item === waiting[i]);
    if (same) return;
    this.#made = { messages, waiting, unreadAfter };
    this.#window.lay(rowsOf(messages, waiting, unreadAfter, this.store.me));
  }

  /// The seq behind which everything is news; Infinity where nothing is.
  #readBefore() {
    const { unread, readSeq, lastSeq } = this.store.conversation(this.chat);
    const seen = Math.max(readSeq, this.store.places.of(this.chat).readSeq ?? 0);
    return unread > 0 && lastSeq > seen ? seen : Infinity;
  }

  #keepPlace(chat) {
    if (!this.#placed || this.store.sought?.key === chat) return;
    const { unread, readSeq } = this.store.conversation(chat);
    this.store.places.put(chat, { ...this.#window.reader, read: unread === 0, readSeq });
  }

  /// The first sight of a conversation: where it was left, unless it had been read and there is news; else at the first
  /// unread message, else at the end.
  #firstSight() {
    this.#placed = true;
    const { seq, offset, read } = this.store.places.of(this.chat);
    const news = this.#window.rows.some((row) => row.id === 'unread');
    if (this.store.sought?.key !== this.chat && seq && !(read && news)) this.store.sought = { key: this.chat, seq, offset };
    if (this.store.sought?.key === this.chat) {
      this.atEnd = false;
      return;
    }
    this.#moved = true;
    const third = (this.#window.scroller?.clientHeight ?? 600) / 3;
    if (news) this.#window.place = { id: 'unread', offset: -third };
  }

  #top(timeline) {
    if (!timeline.loaded || timeline.hasOlder) return html`<p class="note" data-testid="older">${t('chat.loading')}</p>`;
    if (this.#window.rows.length > 0) return html`<p class="note">${t('chat.start')}</p>`;
    return this.store.conversation(this.chat).ended ? nothing : html`<p class="note">${t('chat.empty')}</p>`;
  }

  #jump() {
    return html`
      <button class="jump" type="button" data-testid="jump" aria-label=${t('chat.newest')} @click=${this.#toNewest}>
        ${icon('down')}${this.arrived > 0 ? html`<span>${t('chat.new', { n: this.arrived })}</span>` : nothing}
      </button>`;
  }

  #settle() {
    this.#window.settle();
    if (this.#window.choose()) this.requestUpdate();
  }

  #scrolled() {
    if (!this.#placed) return;
    this.#window.scrolled(!this.#timeline.hasNewer);
    this.atEnd = Boolean(this.#window.place.end);
    if (this.atEnd) this.arrived = 0;
    this.#follow();
    if (this.#window.choose()) this.requestUpdate();
  }

  /// Loads what lies beyond the window once the reader is near its edge; each edge is asked for once, however often it
  /// fails.
  #follow() {
    if (!this.#placed) return;
    const { messages, hasOlder, hasNewer } = this.#timeline;
    const { above, below } = this.#window.room;
    const older = hasOlder && above < NEAR_EDGE_PX;
    const newer = !older && hasNewer && below < NEAR_EDGE_PX;
    const edge = `${older} ${newer} ${messages[0]?.seq} ${messages.at(-1)?.seq} ${this.store.connection}`;
    if ((!older && !newer) || this.#asked === edge) return;
    this.#asked = edge;
    this.store.load(this.chat, (timeline) => (older ? timeline.loadOlder() : timeline.loadNewer()));
  }

  #toNewest = async () => {
    const { chat } = this;
    if (this.#timeline.hasNewer) await this.store.load(chat, (timeline) => timeline.newest());
    if (chat === this.chat) this.#goTo({ end: true });
  };

  #goTo(place) {
    this.#window.place = place;
    this.#moved = true;
    this.atEnd = Boolean(place.end);
    this.arrived = 0;
    this.requestUpdate();
  }

  async #seek({ seq, offset }) {
    const { chat } = this;
    this.store.sought = null;
    await this.store.load(chat, (timeline) => timeline.around(seq));
    if (chat !== this.chat) return;
    this.#makeRows(this.#timeline);
    const found = this.#window.rows.find((row) => row.message?.seq >= seq);
    if (!found) return this.#goTo({ end: true });
    if (offset !== undefined) return this.#goTo({ id: found.id, offset });
    this.#flash = found.id;
    this.#goTo({ id: found.id, offset: -this.#window.scroller.clientHeight / 3 });
    setTimeout(() => {
      if (this.#flash === found.id) this.#flash = '';
      this.requestUpdate();
    }, FLASH_MS);
  }

  /// Reads a new message out, for those who do not see it come.
  #announce(message) {
    const { id } = this.store.conversation(this.chat);
    if (message.conversationId !== id) return;
    if (!this.atEnd && !isQuiet(message)) this.arrived++;
    this.spoken = summary(message, this.store, true);
  }
}

customElements.define('message-list', MessageList);
