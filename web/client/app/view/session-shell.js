/// The life of a session in a page, which the client and the console share: the form; a connection, opened again for as
/// long as the token lives; the modules of what is open; and the end, here, in another tab or by the server. What stands
/// open is in the address bar, so back, reload and bookmarks work.
///
/// Whoever extends it gives `routeNow()`; `partOf(route)`, which has `name` and `load()`; `ready(detail)`, called after
/// every connection; `content()`, what is shown to somebody who is signed in; and sets `store`.

import { html } from 'lit';
import * as api from '../api.js';
import { t } from '../i18n.js';
import { learnLimits } from '../limits.js';
import { deviceId, forgetToken, onForgotten, renewTab, savedToken, saveToken } from '../session.js';
import { Socket } from '../socket.js';
import { ParleyElement } from './element.js';
import './sign-in.js';

export class SessionShell extends ParleyElement {
  static properties = {
    signedIn: { state: true },
    notice: { state: true },
    route: { state: true },
    loaded: { state: true },
  };

  socket = null;

  constructor() {
    super();
    this.signedIn = false;
    this.notice = '';
    this.loaded = new Set();
    this.route = this.routeNow();
  }

  /// Not in the constructor: whoever copies the element, as checkers of a page do, must not open a second connection.
  connectedCallback() {
    super.connectedCallback();
    onForgotten(() => this.leave());
    addEventListener('hashchange', () => this.routed());
    addEventListener('sign-out', () => this.signOut());
    if (savedToken()) this.#enter();
  }

  render() {
    if (this.signedIn) return this.content();
    return html`<sign-in .notice=${this.notice} .invite=${this.invite ?? ''} @signed-in=${(event) => this.#signedIn(event.detail)}></sign-in>`;
  }

  firstUpdated() {
    // From here on the page answers; the check of the first load reads it.
    performance.mark('interactive');
  }

  /// What is shown until there is something to show.
  starting() {
    return html`
      <main class="starting" role="status" data-testid="starting">
        <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
        <p>${t(`connection.${this.socket?.state ?? 'connecting'}`)}</p>
        <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.signOut()}>${t('sign-out')}</button>
      </main>`;
  }

  /// Something to do before the connection is begun, which waits for a promise.
  entered() {}

  /// Signs out here; the server may be out of reach, this browser has forgotten the token either way.
  async signOut() {
    const token = savedToken();
    this.leave();
    if (token) await api.logout(token).catch(() => {});
  }

  /// Shows the form, with `notice` above it, and keeps nothing of the session.
  leave(notice = '') {
    forgetToken();
    this.store?.close(true);
    this.socket?.close();
    this.store = null;
    this.signedIn = false;
    this.notice = notice;
    // Dialogs stand beside this element; one that stayed open would lie over the form.
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
    // Where somebody was is nobody else's business.
    if (location.hash) history.replaceState(null, '', location.pathname);
    this.routed();
  }

  /// Goes to where the address bar says. Whoever is not signed in yet needs no module of it, and waits for less.
  routed() {
    this.route = this.routeNow();
    const part = this.partOf(this.route);
    if (this.signedIn && !this.loaded.has(part)) this.#load(part);
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
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
    const socket = new Socket(url, () => ({ token: savedToken(), device_id: deviceId() }));
    this.socket = socket;
    socket.addEventListener('state', () => this.requestUpdate());
    socket.addEventListener('replaced', renewTab);
    socket.addEventListener('ended', () => this.leave(t('sign-in.ended')));
    socket.addEventListener('ready', ({ detail }) => {
      learnLimits(detail.limits);
      this.ready(detail);
    });
    this.routed();
    this.#open(socket);
  }

  async #open(socket) {
    await this.entered();
    // Meanwhile somebody may have signed out, or in again.
    if (this.signedIn && this.socket === socket) socket.open();
  }

  async #load(part) {
    try {
      await part.load();
      this.loaded = new Set([...this.loaded, part]);
    } catch {
      this.store?.tell(t('fault.offline'));
    }
  }
}
