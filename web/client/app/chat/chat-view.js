/// The right pane: the head of a conversation, its messages and the composer. Fires `invite` in a group.

import { html, nothing } from 'lit';
import { ago } from '../format.js';
import { t } from '../i18n.js';
import { targetOf } from '../model/wire.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { back } from '../view/pane.js';
import './announcement-bar.js';
import { nameOf } from './conversation-row.js';
import './message-composer.js';
import './message-list.js';

class ChatView extends ParleyElement {
  static properties = { chat: { attribute: false }, dropping: { state: true } };

  render() {
    const { groupId, userId } = targetOf(this.chat);
    const { directory } = this.store;
    const entry = groupId ? directory.group(groupId) : directory.user(userId);
    const conversation = this.store.conversation(this.chat);
    const { id, ended } = conversation;
    return html`
      <main class="chat ${this.dropping ? 'dropping' : ''}" data-testid="chat" data-key=${this.chat}
        @dragover=${this.#dragOver} @dragleave=${this.#dragLeave} @drop=${this.#drop}>
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
        <message-list .store=${this.store} .chat=${this.chat} @reply=${(event) => this.#composer.reply(event.detail)}
          @edit=${(event) => this.#composer.edit(event.detail)}></message-list>
        ${ended
          ? html`<p class="chat-ended" role="status" data-testid="chat-ended" data-ended=${ended}>${t(`chat.ended-${ended}`)}</p>`
          : outside
            ? html`<p class="chat-ended" data-testid="outside">${t('chat.outside')} <a href="#people/group/${outside}">${t('chat.see-group')}</a></p>`
          : html`<message-composer .store=${this.store} .chat=${this.chat}></message-composer>`}`;
  }

  get #composer() {
    return this.querySelector('message-composer');
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

customElements.define('chat-view', ChatView);
