/// The whole client: signed out, it shows the form; signed in, the rail beside the section that is open. What is open
/// stands in the address bar (`#user:12`, `#feed/mine`); `#user:12/34` leads to a message.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { dropInvite, inviteIn, keepInvite, keptInvite } from '../invite/link.js';
import { savedAccount, saveAccount } from '../session.js';
import './landmarks.js';
import { chatOf, isDetail, routeNow, seqOf } from './sections.js';
import { SessionShell } from './session-shell.js';

const RETRY_MS = 3_000;

class ParleyApp extends SessionShell {
  static properties = { invite: { state: true }, recovering: { state: true } };

  #badge = 0;

  /// Of `desk.js`, from before the first connection on.
  #desk = null;

  connectedCallback() {
    this.recovering = '';
    this.#takeInvite();
    this.#takeRecovery();
    this.invite = keptInvite()?.token ?? '';
    super.connectedCallback();
  }

  routeNow() {
    return routeNow();
  }

  partOf({ section }) {
    return section;
  }

  render() {
    if (!this.recovering) return super.render();
    return html`<recover-password .token=${this.recovering} @back=${() => (this.recovering = '')} @recovered=${this.#recovered}></recover-password>`;
  }

  content() {
    if (!this.store) return this.starting();
    const { section, path } = this.route;
    return html`
      <div class="frame" data-section=${section.name} data-detail=${isDetail(this.route)}>
        <nav-rail .store=${this.store} .current=${section.name}></nav-rail>
        ${this.loaded.has(section) ? section.view(this.store, path) : nothing}
        ${this.#connection()}
      </div>
      <p class="toast" role="alert" data-testid="toast">${this.#told()}</p>`;
  }

  #told() {
    const { told, toldLink } = this.store;
    if (toldLink?.act) return html`${told} <button type="button" data-testid="toast-act" @click=${toldLink.act}>${toldLink.label}</button>`;
    return toldLink ? html`${told} <a href=${toldLink.href} data-testid="toast-link">${toldLink.label}</a>` : told;
  }

  /// Says that there is no connection, where the list of conversations, which says so too, is not on screen.
  #connection() {
    const { connection } = this.store;
    return html`
      <p class="connection connection-pill" role="status" data-testid="connection-pill" data-state=${connection} ?hidden=${connection === 'online'}>
        <span class="dot"></span>${t(`connection.${connection}`)}
      </p>`;
  }

  updated() {
    const unread = this.store?.unread ?? 0;
    document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
    if (this.#badge === unread) return;
    this.#badge = unread;
    // The icon of an installed client; browsers that have none have no such function.
    navigator.setAppBadge?.(unread).catch(() => {});
  }

  /// What was kept of the account is read before the server has answered: the store stands before the connection.
  async entered() {
    const { socket } = this;
    this.#desk ??= await import('./desk.js').catch(() => this.#comeBack(socket));
    if (this.signedIn && this.socket === socket && savedAccount()) this.#start(savedAccount());
  }

  /// A module that could not be fetched is not fetched again by the same page: another takes its place once the server
  /// can be reached.
  async #comeBack(socket) {
    while (this.signedIn && this.socket === socket) {
      await new Promise((later) => setTimeout(later, RETRY_MS));
      const reached = await fetch('/v1/server', { cache: 'no-store' }).catch(() => null);
      if (reached && this.signedIn && this.socket === socket) location.reload();
    }
    return null;
  }

  ready({ user_id: account }) {
    this.#start(account);
    this.#useInvite();
  }

  signOut() {
    this.store?.outbox.clear();
    return super.signOut();
  }

  routed() {
    this.#takeInvite();
    this.#takeRecovery();
    super.routed();
    this.#open();
  }

  /// A message is gone to once: a reload finds the reader where they are then.
  #open() {
    if (!this.store) return;
    const key = chatOf(this.route);
    const seq = seqOf(this.route);
    if (seq > 0) {
      this.store.sought = { key, seq };
      history.replaceState(history.state, '', `#${key}`);
      this.route = this.routeNow();
    }
    this.store.open(key);
  }

  /// The token leaves the address bar at once: whoever has it comes in.
  #takeInvite() {
    const token = inviteIn(location.hash);
    if (!token) return;
    history.replaceState(history.state, '', location.pathname);
    keepInvite(token);
    this.invite = token;
    if (this.socket?.state === 'online') this.#useInvite();
  }

  /// The token of a link by which another password is set. It leaves the address bar too, and is kept nowhere.
  async #takeRecovery() {
    const token = location.hash.match(/^#recover:(\w{1,64})$/)?.[1];
    if (!token) return;
    history.replaceState(history.state, '', location.pathname);
    await import('./recover.js');
    this.recovering = token;
  }

  /// Every session has ended, that of this page as well.
  #recovered({ detail: notice }) {
    this.recovering = '';
    this.leave(notice);
  }

  /// What somebody came with, once there is a connection. Whoever registered by it has said yes already.
  async #useInvite() {
    const kept = keptInvite();
    if (!kept || !this.store) return;
    dropInvite();
    this.invite = '';
    const { comeIn, openInvite } = await import('../invite/open-invite.js');
    if (kept.registered) await comeIn(this.store, kept.token);
    else openInvite(this.store, kept.token);
  }

  #start(account) {
    if (this.store?.me === account) return;
    this.store?.close(true);
    saveAccount(account);
    this.store = new this.#desk.Store(this.socket, account);
    this.#open();
    this.#desk.noticeMessages(this.store);
    if (this.socket.state === 'online') this.store.recover();
  }
}

customElements.define('parley-app', ParleyApp);
