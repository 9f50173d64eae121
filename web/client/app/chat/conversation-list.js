/// The left pane: who I am, the state of the connection, a search, and the conversations. Fires `new-chat`, and
/// `sign-out` up to the window.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import '../invite/invite-maker.js';
import { arrange } from '../model/deeds.js';
import { askForNotices, noticesAskable } from '../notices.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { languageButton } from '../view/language-button.js';
import { conversationRow, nameOf } from './conversation-row.js';
import './list-search.js';
import { openMenu } from './popup.js';
import { showStarred } from './starred-list.js';

class ConversationList extends ParleyElement {
  static properties = { route: { attribute: false }, searching: { state: true }, asked: { state: true }, inviting: { state: true } };

  willUpdate(changed) {
    super.willUpdate(changed);
    if (this.store.requests.length === 0) this.asked = false;
  }

  render() {
    const { requests } = this.store;
    const among = this.asked;
    const conversations = among ? requests : this.store.conversations;
    return html`
      <section class="conversations" role=${this.route ? 'complementary' : 'main'} aria-label=${t('list.title')}>
        ${this.#head()} ${this.#connection()}
        <list-search .store=${this.store} @searching=${(event) => (this.searching = event.detail)}></list-search>
        <nav class="conversation-items" aria-label=${t('list.title')} ?hidden=${this.searching}>
          ${requests.length > 0 ? this.#requests(requests, among) : nothing}
          ${repeat(conversations, ({ key }) => key, (conversation) => this.#item(conversation))}
          ${this.store.ready && conversations.length === 0 && requests.length === 0 ? this.#nothing() : nothing}
        </nav>
        <footer class="conversations-foot">
          ${languageButton()} ${this.#notices()}
          <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.#fire('sign-out')}>
            ${icon('exit')}<span>${t('sign-out')}</span>
          </button>
        </footer>
      </section>`;
  }

  #head() {
    const me = this.store.directory.user(this.store.me);
    return html`
      <header class="conversations-head">
        ${avatar(me)}
        <h1 class="me" data-testid="me" data-user-id=${this.store.me}>${me.nickname}</h1>
        <button class="icon-button" type="button" data-testid="starred" aria-label=${t('stars.title')} title=${t('stars.title')}
          @click=${() => showStarred(this.store)}>${icon('star')}</button>
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

  /// Leads to what strangers wrote, and back.
  #requests({ length: n }, among) {
    return html`
      <button class="request-row" type="button" data-testid="requests" aria-expanded=${Boolean(among)} @click=${() => (this.asked = !among)}>
        <span class="card-icon">${icon(among ? 'back' : 'person-plus')}</span>
        <span class="conversation-name">${t('request.title')}</span>
        <span class="badge quiet" data-testid="request-count" role="img" aria-label=${t('request.count', { n })}>${n > 99 ? '99+' : n}</span>
      </button>
      ${among ? html`<p class="hint request-hint">${t('request.hint')}</p>` : nothing}`;
  }

  #item(conversation) {
    const more = (event) => this.#menu(conversation, event.currentTarget);
    return html`
      <div class="conversation-place" @contextmenu=${(event) => this.#context(conversation, event)}>
        ${conversationRow(conversation, { store: this.store, current: this.route === conversation.key })}
        ${conversation.id
          ? html`<button class="icon-button small conversation-more" type="button" data-testid="conversation-menu"
              aria-haspopup="menu" aria-label=${this.#menuName(conversation)} @click=${more}>${icon('more')}</button>`
          : nothing}
      </div>`;
  }

  #context(conversation, event) {
    if (!conversation.id) return;
    event.preventDefault();
    this.#menu(conversation, event.currentTarget.querySelector('.conversation-more'));
  }

  #menu(conversation, anchor) {
    const { pinned, muted } = conversation;
    const set = (change) => arrange(this.store, conversation, change).catch((fault) => this.store.tell(fault.message));
    openMenu(anchor, this.#menuName(conversation), [
      this.#readItem(conversation),
      { label: t(pinned ? 'list.unpin' : 'list.pin'), icon: 'pinned', testid: 'pin', act: () => set({ pinned: !pinned }) },
      { label: t(muted ? 'list.unmute' : 'list.mute'), icon: muted ? 'bell' : 'bell-off', testid: 'mute', act: () => set({ muted: !muted }) },
      conversation.ended
        ? { label: t('list.delete'), icon: 'trash', testid: 'delete-chat', danger: true, act: () => this.#delete(conversation) }
        : { label: t('list.hide'), icon: 'hide', testid: 'hide', act: () => set({ hidden: true }) },
    ]);
  }

  #readItem({ key, unread }) {
    if (unread > 0 || this.store.unreadMarks.has(key)) {
      return { label: t('list.mark-read'), icon: 'check', testid: 'mark-read', act: () => this.store.markSeen(key) };
    }
    return { label: t('list.mark-unread'), icon: 'unread', testid: 'mark-unread', act: () => this.#markUnread(key) };
  }

  /// What is on screen is read.
  #markUnread(key) {
    if (this.route === key) location.hash = '';
    this.store.markUnread(key);
  }

  /// Nobody can write in it any more, so what is hidden stays so.
  async #delete(conversation) {
    try {
      await arrange(this.store, conversation, { hidden: true });
      this.store.drafts.drop(conversation.key);
      if (this.route === conversation.key) location.hash = '';
    } catch (fault) {
      this.store.tell(fault.message);
    }
  }

  #menuName(conversation) {
    return t('list.menu-of', { name: nameOf(conversation, this.store) });
  }

  #notices() {
    if (!noticesAskable()) return nothing;
    return html`
      <button class="quiet-button" type="button" data-testid="notices" title=${t('list.notices')} aria-label=${t('list.notices')}
        @click=${() => askForNotices().finally(() => this.requestUpdate())}>${icon('bell')}</button>`;
  }

  #nothing() {
    return html`
      <div class="empty">
        <p>${t('list.empty')}</p>
        <p class="hint">${t('list.empty-hint')}</p>
        <button class="primary" type="button" @click=${() => this.#fire('new-chat')}>${t('new.title')}</button>
        <p class="hint first-hint">${t('invite.first-hint')}</p>
        ${this.inviting
          ? html`<invite-maker .store=${this.store} .short=${true}></invite-maker>`
          : html`<button class="plain" type="button" data-testid="first-invite" @click=${() => (this.inviting = true)}>${icon('link')}${t('invite.somebody')}</button>`}
      </div>`;
  }

  #fire(type) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  }
}

customElements.define('conversation-list', ConversationList);
