/// The scrolled part of a chat. It stays at the newest message while the reader is there, keeps the place when older
/// pages are put on top, and tells the store what has been read.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { KINDS } from '../kinds/index.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { messageRow } from './message-row.js';
import { rowsOf } from './rows.js';

const NEAR_END_PX = 80;
const NEAR_TOP_PX = 240;

class MessageList extends ParleyElement {
  static properties = { chat: { attribute: false }, atEnd: { state: true }, arrived: { state: true }, spoken: { state: true } };

  #unreadAfter = null;
  #placed = false;
  #before = { firstSeq: 0, height: 0, top: 0, waiting: 0 };
  #askedFrom = 0;
  #resized = new ResizeObserver(() => this.#stayAtEnd());
  #seen = () => this.requestUpdate();
  #heard = (event) => this.#announce(event.detail);

  constructor() {
    super();
    this.#reset();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('focus', this.#seen);
    document.addEventListener('visibilitychange', this.#seen);
    this.store.addEventListener('message', this.#heard);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('focus', this.#seen);
    document.removeEventListener('visibilitychange', this.#seen);
    this.store.removeEventListener('message', this.#heard);
    this.#resized.disconnect();
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('chat')) this.#reset();
    const conversation = this.store.conversation(this.chat);
    if (this.#unreadAfter === null && this.#timeline.loaded) {
      this.#unreadAfter = conversation.unread > 0 ? conversation.readSeq : Infinity;
    }
    const scroller = this.#scroller;
    if (scroller) Object.assign(this.#before, { height: scroller.scrollHeight, top: scroller.scrollTop });
  }

  render() {
    const timeline = this.#timeline;
    const waiting = this.store.outbox.of(this.chat);
    const rows = rowsOf(timeline.messages, waiting, this.#unreadAfter ?? Infinity, this.store.me);
    const view = { store: this.store, chat: this.chat, isGroup: this.chat.startsWith('group:') };
    return html`
      <div class="messages" tabindex="0" role="log" aria-live="off" aria-label=${t('chat.messages')} data-testid="messages"
        data-loaded=${timeline.loaded} @scroll=${this.#scrolled}>
        <div class="messages-inside">
          ${this.#top(timeline, rows)} ${repeat(rows, (row) => row.id, (row) => messageRow(row, view))}
        </div>
      </div>
      ${this.atEnd ? nothing : this.#jump()}
      <p class="for-screen-reader" aria-live="polite" data-testid="announcement">${this.spoken}</p>`;
  }

  firstUpdated() {
    this.#resized.observe(this.#scroller);
    this.#resized.observe(this.querySelector('.messages-inside'));
  }

  updated() {
    const scroller = this.#scroller;
    const firstSeq = this.#timeline.messages[0]?.seq ?? 0;
    const waiting = this.store.outbox.of(this.chat).length;
    if (!this.#placed) this.#place();
    else if (this.atEnd || waiting > this.#before.waiting) this.#toEnd();
    else if (firstSeq < this.#before.firstSeq) scroller.scrollTop = this.#before.top + scroller.scrollHeight - this.#before.height;
    Object.assign(this.#before, { firstSeq, waiting });
    this.#fill(firstSeq);
    if (this.#placed && this.atEnd && document.visibilityState === 'visible' && document.hasFocus()) {
      this.store.markRead(this.chat);
    }
  }

  get #timeline() {
    return this.store.timeline(this.chat);
  }

  get #scroller() {
    return this.querySelector('.messages');
  }

  #reset() {
    this.#unreadAfter = null;
    this.#placed = false;
    this.#askedFrom = 0;
    this.#before = { firstSeq: 0, height: 0, top: 0, waiting: 0 };
    this.atEnd = true;
    this.arrived = 0;
    this.spoken = '';
  }

  #top(timeline, rows) {
    if (!timeline.loaded) return html`<p class="note">${t('chat.loading')}</p>`;
    if (timeline.hasOlder) return html`<p class="note" data-testid="older">${t('chat.loading')}</p>`;
    return html`<p class="note">${t(rows.length > 0 ? 'chat.start' : 'chat.empty')}</p>`;
  }

  #jump() {
    return html`
      <button class="jump" type="button" data-testid="jump" aria-label=${t('chat.newest')} @click=${() => this.#toEnd(true)}>
        ${icon('down')}${this.arrived > 0 ? html`<span>${t('chat.new', { n: this.arrived })}</span>` : nothing}
      </button>`;
  }

  /// The first sight of a conversation: at the first unread message, else at the end.
  #place() {
    if (!this.#timeline.loaded) return;
    this.#placed = true;
    this.#toEnd();
    this.querySelector('.unread-line')?.scrollIntoView({ block: 'center' });
    this.#scrolled();
  }

  #stayAtEnd() {
    if (this.#placed && this.atEnd) this.#toEnd();
  }

  #toEnd(smooth = false) {
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.atEnd) this.arrived = 0;
    if (this.#placed && scrollTop < NEAR_TOP_PX && this.#timeline.hasOlder) this.store.loadOlder(this.chat);
  }

  /// Loads older pages until there is something to scroll; each is asked for once, however often it fails.
  #fill(firstSeq) {
    const { scrollHeight, clientHeight } = this.#scroller;
    if (!this.#placed || scrollHeight > clientHeight + NEAR_TOP_PX || this.#askedFrom === firstSeq) return;
    this.#askedFrom = firstSeq;
    this.store.loadOlder(this.chat);
  }

  /// Reads a new message out, for those who do not see it come.
  #announce(message) {
    const { id } = this.store.conversation(this.chat);
    if (message.conversationId !== id) return;
    if (!this.atEnd) this.arrived++;
    const { name } = this.store.directory.user(message.senderId);
    this.spoken = t('message.from', { name, text: KINDS[message.kind]?.preview(message.content) ?? '' });
  }
}

customElements.define('message-list', MessageList);
