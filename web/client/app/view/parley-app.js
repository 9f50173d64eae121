/// The whole client: signed out, it shows the form; signed in, the rail beside the section that is open. What is open
/// stands in the address bar (`#user:12`, `#feed/mine`).

import { html, nothing } from 'lit';
import { Store } from '../model/store.js';
import { noticeMessages } from '../notices.js';
import { savedAccount, saveAccount } from '../session.js';
import './nav-rail.js';
import { chatOf, isDetail, routeNow } from './sections.js';
import { SessionShell } from './session-shell.js';

class ParleyApp extends SessionShell {
  routeNow() {
    return routeNow();
  }

  partOf({ section }) {
    return section;
  }

  content() {
    if (!this.store) return this.starting();
    const { section, path } = this.route;
    return html`
      <div class="frame" data-detail=${isDetail(this.route)}>
        <nav-rail .store=${this.store} .current=${section.name}></nav-rail>
        ${this.loaded.has(section) ? section.view(this.store, path) : nothing}
      </div>
      <p class="toast" role="alert" data-testid="toast">${this.store.told}</p>`;
  }

  updated() {
    const unread = this.store?.unread ?? 0;
    document.title = unread > 0 ? `(${unread}) Parley` : 'Parley';
  }

  /// What was kept of the account can be read before the server has answered.
  entered() {
    if (savedAccount()) this.#start(savedAccount());
  }

  ready({ user_id: account }) {
    this.#start(account);
  }

  signOut() {
    this.store?.outbox.clear();
    return super.signOut();
  }

  routed() {
    super.routed();
    this.store?.open(chatOf(this.route));
  }

  #start(account) {
    if (this.store?.me === account) return;
    this.store?.close(true);
    saveAccount(account);
    this.store = new Store(this.socket, account);
    this.store.open(chatOf(this.route));
    noticeMessages(this.store);
    if (this.socket.state === 'online') this.store.recover();
  }
}

customElements.define('parley-app', ParleyApp);
