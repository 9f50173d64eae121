/// The conversations beside the one that is open; one of the two on a phone.

import { html } from 'lit';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import './chat-view.js';
import './conversation-list.js';
import './new-chat.js';
import { goToSearch } from './shortcuts.js';

class ChatsSection extends ParleyElement {
  static properties = { path: { attribute: false } };

  render() {
    const chat = this.path[0] ?? '';
    return html`
      <div class="panes" data-pane=${chat ? 'chat' : 'list'}>
        <conversation-list .store=${this.store} .route=${chat} @new-chat=${() => this.#newChat('')}></conversation-list>
        ${chat
          ? html`<chat-view .store=${this.store} .chat=${chat} @invite=${() => this.#newChat(chat)} @search=${() => this.#searchIn(chat)}></chat-view>`
          : this.#placeholder()}
      </div>
      <new-chat .store=${this.store}></new-chat>`;
  }

  #placeholder() {
    return html`
      <div class="placeholder">
        <span class="placeholder-icon">${icon('people')}</span>
        <p>${t('chat.none')}</p>
        <p class="hint">${t('chat.none-hint')}</p>
      </div>`;
  }

  #searchIn(chat) {
    this.querySelector('list-search').hold(chat);
    goToSearch();
  }

  #newChat(groupKey) {
    this.querySelector('new-chat').show(groupKey);
  }
}

customElements.define('chats-section', ChatsSection);
