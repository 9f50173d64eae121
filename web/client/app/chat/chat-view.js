/// The right pane: the head of a conversation, its messages and the composer. Fires `invite` in a group.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { targetOf } from '../model/wire.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import './message-composer.js';
import './message-list.js';

class ChatView extends ParleyElement {
  static properties = { chat: { attribute: false }, dropping: { state: true } };

  render() {
    const { groupId, userId } = targetOf(this.chat);
    const { directory } = this.store;
    const entry = groupId ? directory.group(groupId) : directory.user(userId);
    return html`
      <main class="chat ${this.dropping ? 'dropping' : ''}" data-testid="chat" data-key=${this.chat}
        @dragover=${this.#dragOver} @dragleave=${() => (this.dropping = false)} @drop=${this.#drop}>
        <header class="chat-head">
          <a class="icon-button back" href="#" data-testid="back" aria-label=${t('back')}>${icon('back')}</a>
          ${avatar(entry, Boolean(groupId))}
          <div class="chat-title">
            <h2 data-testid="chat-name">${entry.name || '…'}</h2>
            ${groupId ? html`<p class="hint" data-testid="group-id">${t('chat.group-number', { id: groupId })}</p>` : nothing}
          </div>
          ${groupId
            ? html`<button class="icon-button" type="button" data-testid="invite" aria-label=${t('chat.invite')}
                title=${t('chat.invite')} @click=${() => this.dispatchEvent(new CustomEvent('invite'))}>${icon('people')}</button>`
            : nothing}
        </header>
        <message-list .store=${this.store} .chat=${this.chat}></message-list>
        <message-composer .store=${this.store} .chat=${this.chat}></message-composer>
        ${this.dropping ? html`<p class="drop-hint">${t('composer.drop')}</p>` : nothing}
      </main>`;
  }

  #dragOver(event) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  }

  #drop(event) {
    event.preventDefault();
    this.dropping = false;
    this.querySelector('message-composer').sendPictures(event.dataTransfer.files);
  }
}

customElements.define('chat-view', ChatView);
