/// The left pane: who I am, the state of the connection, and the conversations, latest first.
/// Fires `new-chat`, and `sign-out` up to the window.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { shortTime } from '../format.js';
import { t } from '../i18n.js';
import { KINDS } from '../kinds/index.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { languageButton } from '../view/language-button.js';

class ConversationList extends ParleyElement {
  static properties = { route: { attribute: false } };

  render() {
    const conversations = this.store.conversations;
    return html`
      <aside class="conversations" aria-label=${t('list.title')}>
        ${this.#head()} ${this.#connection()}
        <nav class="conversation-items" aria-label=${t('list.title')}>
          ${repeat(conversations, ({ key }) => key, (conversation) => this.#item(conversation))}
          ${this.store.ready && conversations.length === 0 ? this.#nothing() : nothing}
        </nav>
        <footer class="conversations-foot">
          ${languageButton()}
          <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.#fire('sign-out')}>
            ${icon('exit')}<span>${t('sign-out')}</span>
          </button>
        </footer>
      </aside>`;
  }

  #head() {
    const me = this.store.directory.user(this.store.me);
    return html`
      <header class="conversations-head">
        ${avatar(me)}
        <h1 class="me" data-testid="me" data-user-id=${this.store.me}>${me.name}</h1>
        <button class="icon-button accent" type="button" data-testid="new-chat" aria-label=${t('new.title')}
          title=${t('new.title')} @click=${() => this.#fire('new-chat')}>${icon('plus')}</button>
      </header>`;
  }

  #connection() {
    const state = this.store.connection;
    return html`
      <p class="connection" role="status" data-testid="connection" data-state=${state} ?hidden=${state === 'online'}>
        <span class="dot"></span>${t(`connection.${state}`)}
      </p>`;
  }

  #item(conversation) {
    const { key, id, groupId, userId, unread, lastMessage, updatedAt } = conversation;
    const { directory } = this.store;
    const entry = groupId ? directory.group(groupId) : directory.user(userId);
    const failed = this.store.outbox.of(key).some((item) => item.state === 'failed');
    return html`
      <a class="conversation" href="#${key}" data-testid="conversation" data-conversation-id=${id} data-key=${key}
        aria-current=${this.route === key ? 'true' : 'false'}>
        ${avatar(entry, Boolean(groupId))}
        <span class="conversation-name">${entry.name || '…'}</span>
        <time class="conversation-time">${lastMessage ? shortTime(updatedAt) : nothing}</time>
        <span class="conversation-preview">${failed ? html`<span class="failed">${icon('alert')}</span>` : nothing}
          ${this.#preview(lastMessage, groupId)}</span>
        ${unread > 0
          ? html`<span class="badge" data-testid="unread" aria-label=${t('list.unread', { n: unread })}>${unread > 99 ? '99+' : unread}</span>`
          : nothing}
      </a>`;
  }

  #preview(message, groupId) {
    if (!message) return t('list.nothing');
    const mine = message.senderId === this.store.me;
    const name = this.store.directory.user(message.senderId).name;
    if (message.recalled) return mine ? t('message.recalled-you') : t('message.recalled', { name });
    const text = KINDS[message.kind]?.preview(message.content) ?? t('message.unknown');
    if (mine) return t('list.you', { text });
    return groupId ? t('message.from', { name, text }) : text;
  }

  #nothing() {
    return html`
      <div class="empty">
        <p>${t('list.empty')}</p>
        <p class="hint">${t('list.empty-hint')}</p>
        <button class="primary" type="button" @click=${() => this.#fire('new-chat')}>${t('new.title')}</button>
      </div>`;
  }

  #fire(type) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  }
}

customElements.define('conversation-list', ConversationList);
