/// The whole client: signed out, it shows the form; signed in, the rail beside the section that is open. What is open
/// stands in the address bar (`#user:12`, `#feed/mine`), so back, reload and bookmarks work.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { t } from '../i18n.js';
import { noticeMessages } from '../notices.js';
import { deviceId, forgetToken, onForgotten, savedAccount, savedToken, saveAccount, saveToken } from '../session.js';
import { Socket } from '../socket.js';
import { Store } from '../model/store.js';
import { ParleyElement } from './element.js';
import './nav-rail.js';
import { chatOf, isDetail, routeNow } from './sections.js';
import './sign-in.js';

class ParleyApp extends ParleyElement {
  static properties = {
    signedIn: { state: true },
    notice: { state: true },
    route: { state: true },
    loaded: { state: true },
  };

  #socket = null;

  constructor() {
    super();
    this.signedIn = false;
    this.notice = '';
    this.loaded = new Set();
    this.route = routeNow();
  }

  /// Not in the constructor: whoever copies the element, as checkers of a page do, must not open a second connection.
  connectedCallback() {
    super.connectedCallback();
    this.#routed();
    onForgotten(() => this.#leave());
    addEventListener('hashchange', () => this.#routed());
    addEventListener('sign-out', () => this.#signOut());
    if (savedToken()) this.#enter();
  }

  render() {
    if (!this.signedIn) {
      return html`<sign-in .notice=${this.notice} @signed-in=${(event) => this.#signedIn(event.detail)}></sign-in>`;
    }
    if (!this.store) return this.#starting();
    const { section, path } = this.route;
    return html`
      <div class="frame" data-detail=${isDetail(this.route)}>
        <nav-rail .store=${this.store} .current=${section.name}></nav-rail>
        ${this.loaded.has(section) ? section.view(this.store, path) : nothing}
      </div>
      <p class="toast" role="alert" data-testid="toast">${this.store.told}</p>`;
  }

  firstUpdated() {
    // From here on the page answers; the check of the first load reads it.
    performance.mark('interactive');
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

  #signedIn(token) {
    // A form that was sent twice signs in twice; two connections would close each other for ever.
    if (this.signedIn) return;
    saveToken(token);
    this.#enter();
  }

  #enter() {
    this.signedIn = true;
    this.notice = '';
    this.#routed();
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
    this.#socket = new Socket(url, () => ({ token: savedToken(), device_id: deviceId() }));
    this.#socket.addEventListener('state', () => this.requestUpdate());
    this.#socket.addEventListener('ended', () => this.#leave(t('sign-in.ended')));
    this.#socket.addEventListener('ready', ({ detail }) => this.#start(detail.user_id), { once: true });
    // What was kept of the account can be read before the server has answered.
    if (savedAccount()) this.#start(savedAccount());
    this.#socket.open();
  }

  #start(account) {
    if (this.store?.me === account) return;
    this.store?.close(true);
    saveAccount(account);
    this.store = new Store(this.#socket, account);
    this.store.open(chatOf(this.route));
    noticeMessages(this.store);
    if (this.#socket.state === 'online') this.store.recover();
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
    this.store?.close(true);
    this.#socket?.close();
    this.store = null;
    this.signedIn = false;
    this.notice = notice;
    if (location.hash) history.replaceState(null, '', location.pathname);
    this.#routed();
  }

  #routed() {
    this.route = routeNow();
    const { section } = this.route;
    // Whoever is not signed in yet needs none of them, and waits for less.
    if (this.signedIn && !this.loaded.has(section)) this.#load(section);
    this.store?.open(chatOf(this.route));
  }

  async #load(section) {
    try {
      await section.load();
      this.loaded = new Set([...this.loaded, section]);
    } catch {
      this.store?.tell(t('fault.offline'));
    }
  }
}

customElements.define('parley-app', ParleyApp);

