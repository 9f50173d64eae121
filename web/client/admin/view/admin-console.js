/// The whole console: signed out, it shows the form; signed in without the right, it says so; else the menu beside the
/// page that is open. It shares the session of the web client.

import { html, nothing } from 'lit';
import * as api from '/app/api.js';
import { Business } from '/app/fault.js';
import { t } from '/app/i18n.js';
import { deviceId, forgetToken, onForgotten, renewTab, savedToken, saveToken } from '/app/session.js';
import { Socket } from '/app/socket.js';
import { ParleyElement } from '/app/view/element.js';
import { icon } from '/app/view/icons.js';
import { languageButton } from '/app/view/language-button.js';
import '/app/view/sign-in.js';
import { Desk } from '../desk.js';
import { PAGES, pageNow } from '../pages.js';
import './ask-dialog.js';

const PERMISSION_DENIED = 7;

/// Why the admin right is not in force in a session, by how the server's words begin.
const DORMANT = { 'security.admin_session_hours': 'aged', 'security.totp_for_admins': 'factor' };

class AdminConsole extends ParleyElement {
  static properties = {
    signedIn: { state: true },
    refused: { state: true },
    notice: { state: true },
    route: { state: true },
    loaded: { state: true },
  };

  #socket = null;

  constructor() {
    super();
    this.signedIn = false;
    this.refused = '';
    this.notice = '';
    this.loaded = new Set();
    this.route = pageNow();
  }

  /// Not in the constructor: whoever copies the element, as checkers of a page do, must not open a second connection.
  connectedCallback() {
    super.connectedCallback();
    this.#routed();
    onForgotten(() => this.#leave());
    addEventListener('hashchange', () => this.#routed());
    if (savedToken()) this.#enter();
  }

  render() {
    if (!this.signedIn) {
      return html`<sign-in .notice=${this.notice} @signed-in=${(event) => this.#signedIn(event.detail)}></sign-in>`;
    }
    if (this.refused) return this.#notAdmin();
    if (!this.store) return this.#starting();
    const { page, path } = this.route;
    return html`
      <div class="console-frame">
        ${this.#menu(page)}
        <main class="console-main" tabindex="-1">
          ${this.store.connection === 'online' ? nothing : html`<p class="console-offline" role="status">${t(`connection.${this.store.connection}`)}</p>`}
          <h1>${t(`admin.${page.name}`)}</h1>
          ${this.loaded.has(page) ? page.view(this.store, path) : html`<p class="hint" role="status">${t('admin.loading')}</p>`}
        </main>
      </div>
      <ask-dialog></ask-dialog>
      <p class="toast" role="alert" data-testid="toast">${this.store.told}</p>`;
  }

  #menu(open) {
    return html`
      <nav class="console-menu" aria-label=${t('admin.menu')}>
        <p class="console-brand"><img src="/asset/favicon.svg" alt="" width="28" height="28"><span>Parley <small>${t('admin.title')}</small></span></p>
        <div class="console-links">
          ${PAGES.map((page) => html`
            <a href="#${page.name}" data-testid="menu-${page.name}" aria-current=${page === open ? 'page' : nothing}>
              ${icon(page.icon)}<span>${t(`admin.${page.name}`)}</span></a>`)}
          ${document.body.dataset.explorer ? html`
            <a href=${document.body.dataset.explorer} target="_blank" rel="noopener" data-testid="menu-api">${icon('globe')}<span>${t('admin.api')}</span></a>` : nothing}
        </div>
        <div class="console-foot">
          <p data-testid="operator">${this.store.directory.user(this.store.me).name}</p>
          ${languageButton()}
          <a class="quiet-button" href="/">${icon('chat')}<span>${t('admin.to-chat')}</span></a>
          <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.#signOut()}>${icon('exit')}<span>${t('sign-out')}</span></button>
        </div>
      </nav>`;
  }

  #notAdmin() {
    return html`
      <main class="starting" data-testid="not-admin">
        <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
        <h1>${t(`admin.refused-${this.refused}`)}</h1>
        <p class="hint">${t(`admin.refused-${this.refused}-hint`)}</p>
        ${this.refused === 'factor' ? html`<p><a class="primary" href="/#me/totp" data-testid="set-up-totp">${t('admin.set-up-totp')}</a></p>` : nothing}
        <p><a href="/">${t('admin.to-chat')}</a></p>
        <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.#signOut()}>${icon('exit')}<span>${t('sign-out')}</span></button>
        ${languageButton()}
      </main>`;
  }

  #starting() {
    return html`
      <main class="starting" role="status">
        <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
        <p>${t(`connection.${this.#socket?.state ?? 'connecting'}`)}</p>
        <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.#signOut()}>${t('sign-out')}</button>
      </main>`;
  }

  #signedIn(token) {
    // A form that was sent twice signs in twice; one connection is enough.
    if (this.signedIn) return;
    saveToken(token);
    this.#enter();
  }

  #enter() {
    this.signedIn = true;
    this.refused = '';
    this.notice = '';
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
    const socket = new Socket(url, () => ({ token: savedToken(), device_id: deviceId() }));
    this.#socket = socket;
    socket.addEventListener('state', () => this.requestUpdate());
    socket.addEventListener('replaced', renewTab);
    socket.addEventListener('ended', () => this.#leave(t('sign-in.ended')));
    socket.addEventListener('ready', ({ detail }) => this.#start(socket, detail.user_id));
    socket.open();
  }

  /// After every connection: the right may have gone meanwhile.
  async #start(socket, account) {
    try {
      await socket.request('admin.AdminService/ExportKey', {});
      this.refused = '';
      this.store ??= this.#desk(socket, account);
    } catch (fault) {
      if (fault.code === PERMISSION_DENIED) this.#refuse(fault);
    }
  }

  #refuse(fault) {
    const why = Object.keys(DORMANT).find((beginning) => fault.message.startsWith(beginning));
    this.refused = fault.businessCode === Business.DORMANT ? DORMANT[why] ?? 'session' : 'account';
  }

  #desk(socket, account) {
    const desk = new Desk(socket, account);
    desk.addEventListener('dormant', ({ detail }) => this.#refuse(detail));
    return desk;
  }

  async #signOut() {
    const token = savedToken();
    this.#leave();
    // The server may be out of reach; this browser has forgotten the token either way.
    if (token) await api.logout(token).catch(() => {});
  }

  #leave(notice = '') {
    forgetToken();
    this.#socket?.close();
    this.store = null;
    this.refused = '';
    this.signedIn = false;
    this.notice = notice;
  }

  #routed() {
    this.route = pageNow();
    const { page } = this.route;
    if (!this.loaded.has(page)) this.#load(page);
  }

  async #load(page) {
    try {
      await page.load();
      this.loaded = new Set([...this.loaded, page]);
    } catch {
      this.store?.tell(t('fault.offline'));
    }
  }
}

customElements.define('admin-console', AdminConsole);
