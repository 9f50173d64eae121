/// The right pane: the head of a conversation, its messages and the composer, or what can be done with selected messages. Fires
/// `invite` in a group, and `search`.

import { html, nothing } from 'lit';
import { ago } from '../format.js';
import { t } from '../i18n.js';
import { targetOf } from '../model/wire.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { layer } from '../view/layers.js';
import { back } from '../view/pane.js';
import './announcement-bar.js';
import { chatMenu } from './chat-menu.js';
import { nameOf } from './conversation-row.js';
import './message-composer.js';
import './message-list.js';
import './pins-bar.js';
import './request-bar.js';
import { SELECTED_MAX, toggled } from './selection.js';
import './selection-bar.js';

class ChatView extends ParleyElement {
  static properties = { chat: { attribute: false }, dropping: { state: true }, selected: { state: true } };

  // Takes the selection's entry out of the history.
  #unlayer = null;
  #begunAt = 0;

  constructor() {
    super();
    this.selected = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leave();
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('chat')) this.#leave();
  }

  updated(changed) {
    if (!changed.has('selected') || Boolean(this.selected) === Boolean(changed.get('selected'))) return;
    // What had the focus, a menu's button or the bar, is gone.
    const rows = this.querySelector('message-list');
    rows?.updateComplete.then(() => this.isConnected && focusOn(rows, this.#begunAt));
  }

  render() {
    const { groupId, userId } = targetOf(this.chat);
    const { directory } = this.store;
    const entry = groupId ? directory.group(groupId) : directory.user(userId);
    const conversation = this.store.conversation(this.chat);
    const { id } = conversation;
    const ended = conversation.ended || (userId && entry.missing ? 'deleted' : '');
    return html`
      <main class="chat ${this.dropping ? 'dropping' : ''}" data-testid="chat" data-key=${this.chat}
        @keydown=${this.#keyed} @dragover=${this.#dragOver} @dragleave=${this.#dragLeave} @drop=${this.#drop}>
        <header class="chat-head">
          <a class="icon-button back" href="#" data-testid="back" aria-label=${t('back')} @click=${back}>${icon('back')}</a>
          ${avatar(entry, Boolean(groupId))}
          <div class="chat-title">
            <h1 dir="auto" data-testid="chat-name">${nameOf(conversation, this.store)}</h1>
            ${this.#state(groupId, userId)}
          </div>
          ${groupId && !entry.missing && !ended
            ? html`<button class="icon-button" type="button" data-testid="invite" aria-label=${t('chat.invite')}
                title=${t('chat.invite')} @click=${() => this.dispatchEvent(new CustomEvent('invite'))}>${icon('people')}</button>`
            : nothing}
          <a class="icon-button" href="#people/${this.chat.replace(':', '/')}" data-testid="about" aria-label=${t(groupId ? 'group.title' : 'people.profile')}
            title=${t(groupId ? 'group.title' : 'people.profile')}>${icon(groupId ? 'gear' : 'person')}</a>
          ${id
            ? html`<button class="icon-button more" type="button" data-testid="chat-menu" aria-haspopup="menu" aria-label=${t('chat.menu')}
                title=${t('chat.menu')} @click=${this.#menu}>${icon('more')}</button>`
            : nothing}
        </header>
        ${entry.missing && !id ? this.#nobody() : this.#inside(ended, groupId && !id && entry.role === 'ROLE_NONE' ? groupId : '')}
        ${this.dropping ? html`<p class="drop-hint">${t('composer.drop')}</p>` : nothing}
      </main>`;
  }

  #nobody() {
    return html`<div class="placeholder" data-testid="nobody"><p>${t('chat.nobody')}</p><p class="hint">${t('chat.nobody-hint')}</p></div>`;
  }

  /// `outside`: the group, where the account was never in it.
  #inside(ended, outside) {
    return html`
        ${ended ? nothing : html`<announcement-bar .store=${this.store} .chat=${this.chat}></announcement-bar>`}
        <pins-bar .store=${this.store} .chat=${this.chat}></pins-bar>
        <message-list .store=${this.store} .chat=${this.chat} .selected=${this.selected} @select=${(event) => this.#select(event.detail)} @reply=${(event) => this.#composer.reply(event.detail)}
          @edit=${(event) => this.#composer.edit(event.detail)}></message-list>
        ${this.selected ? html`
          <selection-bar .store=${this.store} .chat=${this.chat} .selected=${this.selected} @leave=${() => this.#leave()}></selection-bar>` : nothing}
        ${ended
          ? html`<p class="chat-ended" role="status" data-testid="chat-ended" data-ended=${ended}>${t(`chat.ended-${ended}`)}</p>`
          : outside
            ? html`<p class="chat-ended" data-testid="outside">${t('chat.outside')} <a href="#people/group/${outside}">${t('chat.see-group')}</a></p>`
          : html`<request-bar .store=${this.store} .chat=${this.chat}></request-bar>
            <message-composer .store=${this.store} .chat=${this.chat} ?hidden=${Boolean(this.selected)}></message-composer>`}`;
  }

  get #composer() {
    return this.querySelector('message-composer');
  }

  #menu = ({ currentTarget }) => chatMenu(currentTarget, this.chat, this.store, () => this.dispatchEvent(new CustomEvent('search')));

  /// Takes a message into the selection, or out of it; the first begins one.
  #select(message) {
    const next = toggled(this.selected ?? new Map(), message);
    if (!next) return this.store.tell(t('select.at-most', { n: SELECTED_MAX }));
    if (!this.selected) {
      this.#composer?.rest();
      this.#begunAt = message.seq;
      this.#unlayer = layer(() => this.#leave());
    }
    this.selected = next;
  }

  /// The selection is given up, by whatever way.
  #leave() {
    this.selected = null;
    const unlayer = this.#unlayer;
    this.#unlayer = null;
    unlayer?.();
  }

  #keyed(event) {
    if (event.key !== 'Escape' || !this.selected) return;
    event.preventDefault();
    this.#leave();
  }

  /// Who is writing, else the group's number, or whether the other is there.
  #state(groupId, userId) {
    const { directory, presence } = this.store;
    const writers = presence.typing(this.store.conversation(this.chat).id);
    if (writers.length > 0) {
      const names = writers.map((id) => directory.user(id).name).join(t('list.separator'));
      return html`<p class="hint typing" role="status" data-testid="typing">${t('presence.typing-name', { name: names })}<span class="typing-dots"
        aria-hidden="true"><i></i><i></i><i></i></span></p>`;
    }
    if (groupId) return html`<p class="hint" data-testid="group-id">${t('chat.group-number', { id: groupId })}</p>`;
    const { online, lastSeen } = presence.of(userId);
    if (online && this.store.connection !== 'online') {
      return html`<p class="hint" data-testid="presence" data-online="unknown">${t('presence.was-online')}</p>`;
    }
    if (online) return html`<p class="hint online" data-testid="presence" data-online="true">${t('presence.online')}</p>`;
    return lastSeen
      ? html`<p class="hint" data-testid="presence" data-online="false">${t('presence.last-seen', { when: ago(lastSeen) })}</p>`
      : nothing;
  }

  #dragOver(event) {
    if (!event.dataTransfer.types.includes('Files') || !this.#composer) return;
    event.preventDefault();
    this.dropping = true;
  }

  /// Moving over what is inside counts as leaving too.
  #dragLeave(event) {
    if (!event.currentTarget.contains(event.relatedTarget)) this.dropping = false;
  }

  #drop(event) {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    this.dropping = false;
    this.#composer?.offer(event.dataTransfer.files);
  }
}

/// Puts the focus on the message with this seq, if it is in the page.
function focusOn(list, seq) {
  const found = list.querySelector(`article[data-seq="${seq}"]`) ?? list.querySelector('.messages');
  found?.focus({ preventScroll: true });
}

customElements.define('chat-view', ChatView);
