/// The whole client: signed out, it shows the form; signed in, the list beside the chat (one of the two on a phone).
/// What is open stands in the address bar (`#user:12`, `#group:7`), so back, reload and bookmarks work.

import { html } from 'lit';
import * as api from '../api.js';
import { t } from '../i18n.js';
import { deviceId, forgetToken, onForgotten, savedToken, saveToken } from '../session.js';
import { Socket } from '../socket.js';
import { Store } from '../model/store.js';
import { ParleyElement } from './element.js';
import { icon } from './icons.js';
import './chat-view.js';
import './conversation-list.js';
import './new-chat.js';
import './sign-in.js';

const ROUTE = /^(user|group):\d+$/;

class ParleyApp extends ParleyElement {
  static properties = { signedIn: { state: true }, notice: { state: true }, route: { state: true } };

  #socket = null;

  constructor() {
    super();
    this.signedIn = false;
    this.notice = '';
    this.route = routeNow();
    onForgotten(() => this.#leave());
    addEventListener('hashchange', () => this.#routed());
    if (savedToken()) this.#enter();
  }

  render() {
    if (!this.signedIn) {
      return html`<sign-in .notice=${this.notice} @signed-in=${(event) => this.#signedIn(event.detail)}></sign-in>`;
    }
    if (!this.store) return this.#starting();
    return html`
      <div class="panes" data-pane=${this.route ? 'chat' : 'list'}>
        <conversation-list .store=${this.store} .route=${this.route} @new-chat=${() => this.#newChat('')}
          @sign-out=${() => this.#signOut()}></conversation-list>
        ${this.route
          ? html`<chat-view .store=${this.store} .chat=${this.route} @invite=${() => this.#newChat(this.route)}></chat-view>`
          : this.#placeholder()}
      </div>
      <new-chat .store=${this.store}></new-chat>
      <p class="toast" role="alert" data-testid="toast">${this.store.told}</p>`;
  }

  updated() {
    const unread = this.store?.unread ?? 0;
    document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
  }

  #starting() {
    return html`
      <main class="starting" role="status" data-testid="starting">
        <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
        <p>${t(`connection.${this.#socket?.state ?? 'connecting'}`)}</p>
        <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.#signOut()}>${t('sign-out')}</button>
      </main>`;
  }

  #placeholder() {
    return html`
      <main class="placeholder">
        <span class="placeholder-icon">${icon('people')}</span>
        <p>${t('chat.none')}</p>
        <p class="hint">${t('chat.none-hint')}</p>
      </main>`;
  }

  #signedIn(token) {
    saveToken(token);
    this.#enter();
  }

  #enter() {
    this.signedIn = true;
    this.notice = '';
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
    this.#socket = new Socket(url, () => ({ token: savedToken(), device_id: deviceId() }));
    this.#socket.addEventListener('state', () => this.requestUpdate());
    this.#socket.addEventListener('ended', () => this.#leave(t('sign-in.ended')));
    this.#socket.addEventListener('ready', ({ detail }) => this.#start(detail.user_id), { once: true });
    this.#socket.open();
  }

  #start(account) {
    this.store = new Store(this.#socket, account);
    this.store.openKey = this.route;
    this.store.recover();
  }

  async #signOut() {
    const token = savedToken();
    this.store?.outbox.clear();
    this.#leave();
    // The server may be out of reach; this browser has forgotten the token either way.
    if (token) await api.logout(token).catch(() => {});
  }

  #leave(notice = '') {
    forgetToken();
    this.store?.close();
    this.#socket?.close();
    this.store = null;
    this.signedIn = false;
    this.notice = notice;
    if (location.hash) history.replaceState(null, '', location.pathname);
    this.route = '';
  }

  #routed() {
    this.route = routeNow();
    this.store?.open(this.route);
  }

  #newChat(groupKey) {
    this.querySelector('new-chat').show(groupKey);
  }
}

function routeNow() {
  const route = location.hash.slice(1);
  return ROUTE.test(route) ? route : '';
}

customElements.define('parley-app', ParleyApp);

