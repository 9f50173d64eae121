/// The whole console: signed out, it shows the form; signed in without the right, it says so; else the menu beside the
/// page that is open. It shares the session of the web client.

import { html, nothing } from 'lit';
import { Business } from '/app/fault.js';
import { t } from '/app/i18n.js';
import { handleOf } from '/app/view/handle.js';
import { icon } from '/app/view/icons.js';
import { languageButton } from '/app/view/language-button.js';
import { SessionShell } from '/app/view/session-shell.js';
import { Desk } from '../desk.js';
import { PAGES, pageNow } from '../pages.js';
import './ask-dialog.js';

const PERMISSION_DENIED = 7;

/// Why the admin right is not in force in a session, by how the server's words begin.
const DORMANT = { 'security.admin_session_hours': 'aged', 'security.totp_for_admins': 'factor' };

class AdminConsole extends SessionShell {
  static properties = { refused: { state: true } };

  constructor() {
    super();
    this.refused = '';
  }

  routeNow() {
    return pageNow();
  }

  partOf({ page }) {
    return page;
  }

  content() {
    if (this.refused) return this.#notAdmin();
    if (!this.store) return this.starting();
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
    const operator = this.store.directory.user(this.store.me);
    return html`
      <nav class="console-menu" aria-label=${t('admin.menu')}>
        <p class="console-brand"><img src="/asset/favicon.svg" alt="" width="28" height="28"><span>Parley <small>${t('admin.title')}</small></span></p>
        <div class="console-links">
          ${PAGES.map((page) => html`
            <a href="#${page.name}" data-testid="menu-${page.name}" aria-current=${page === open ? 'page' : nothing}>
              ${icon(page.icon)}<span>${t(`admin.${page.name}`)}</span>${this.#waiting(page)}</a>`)}
          ${document.body.dataset.explorer ? html`
            <a href=${document.body.dataset.explorer} target="_blank" rel="noopener" data-testid="menu-api">${icon('globe')}<span>${t('admin.api')}</span></a>` : nothing}
        </div>
        <div class="console-foot">
          <p><span data-testid="operator">${operator.name}</span> ${handleOf(operator)}</p>
          ${languageButton()}
          <a class="quiet-button" href="/">${icon('chat')}<span>${t('admin.to-chat')}</span></a>
          <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.signOut()}>${icon('exit')}<span>${t('sign-out')}</span></button>
        </div>
      </nav>`;
  }

  #waiting({ name, waiting }) {
    const n = waiting && this.store.pending ? waiting(this.store.pending) : 0;
    return n > 0 ? html`<span class="tag warn" data-testid="waiting-${name}" aria-label=${t('admin.waiting', { n })}>${n}</span>` : nothing;
  }

  /// Each page is a reason to count anew.
  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('route') && this.store) this.store.count();
  }

  #notAdmin() {
    return html`
      <main class="starting" data-testid="not-admin">
        <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
        <h1>${t(`admin.refused-${this.refused}`)}</h1>
        <p class="hint">${t(`admin.refused-${this.refused}-hint`)}</p>
        ${this.refused === 'factor' ? html`<p><a class="primary" href="/#me/totp" data-testid="set-up-totp">${t('admin.set-up-totp')}</a></p>` : nothing}
        <p><a href="/">${t('admin.to-chat')}</a></p>
        <button class="quiet-button" type="button" data-testid="sign-out" @click=${() => this.signOut()}>${icon('exit')}<span>${t('sign-out')}</span></button>
        ${languageButton()}
      </main>`;
  }

  /// After every connection: the right may have gone meanwhile.
  async ready({ user_id: account }) {
    const { socket } = this;
    try {
      await socket.request('admin.AdminService/ExportKey', {});
      if (socket !== this.socket) return;
      this.refused = '';
      this.store ??= this.#desk(socket, account);
    } catch (fault) {
      if (socket === this.socket && fault.code === PERMISSION_DENIED) this.#refuse(fault);
    }
  }

  #refuse(fault) {
    const why = Object.keys(DORMANT).find((beginning) => fault.message.startsWith(beginning));
    this.refused = fault.businessCode === Business.DORMANT ? DORMANT[why] ?? 'session' : 'account';
  }

  #desk(socket, account) {
    const desk = new Desk(socket, account);
    desk.addEventListener('dormant', ({ detail }) => this.#refuse(detail));
    desk.count();
    return desk;
  }

  leave(notice) {
    super.leave(notice);
    this.refused = '';
  }
}

customElements.define('admin-console', AdminConsole);
