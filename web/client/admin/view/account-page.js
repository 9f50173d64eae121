/// One account: what is known of it, and what may be done to it.

import { html, nothing } from 'lit';
import { fileSize } from '/app/format.js';
import { t } from '/app/i18n.js';
import { avatar } from '/app/view/avatar.js';
import { handleOf } from '/app/view/handle.js';
import { icon } from '/app/view/icons.js';
import './account-activity.js';
import { PageElement } from './page-element.js';
import { dateTime } from './times.js';

const RIGHTS = ['admin', 'gateway', 'mail', 'entry'];

class AccountPage extends PageElement {
  static properties = { account: { attribute: false }, seen: { state: true } };

  constructor() {
    super();
    this.seen = null;
  }

  updated(changed) {
    if (changed.has('account') && this.seen && this.seen.account.user.id !== this.account) {
      this.seen = null;
      this.refresh();
    }
  }

  refresh() {
    return this.attempt(() => this.store.admin('GetAccount', { id: this.account }), (seen) => (this.seen = seen));
  }

  render() {
    return html`
      <p><a class="back-link" href="#accounts">${icon('back')}<span>${t('admin.all-accounts')}</span></a></p>
      ${this.problem()}
      ${this.seen ? this.#card() : this.fault ? nothing : this.empty(null)}`;
  }

  #card() {
    const { account, session = [], totp, password_expired: expired } = this.seen;
    const { user, disabled } = account;
    return html`
      <section class="card" data-testid="account-card" data-disabled=${disabled}>
        <header class="card-head">
          ${avatar({ id: user.id, name: user.nickname, avatarUrl: user.avatar_url })}
          <div><h2>${user.nickname} ${handleOf(user)}</h2><small class="hint">${user.id}</small></div>
          ${disabled ? html`<span class="tag warn">${t('admin.disabled')}</span>` : nothing}
          ${totp ? html`<span class="tag" data-testid="has-totp">${t('admin.totp')}</span>` : nothing}
          ${expired ? html`<span class="tag" data-testid="expired">${t('admin.expired')}</span>` : nothing}
        </header>
        <dl class="facts">${this.#facts().map(([name, value]) => (value ? html`<div><dt>${t(name)}</dt><dd>${value}</dd></div>` : nothing))}</dl>
        <div class="acts">
          ${disabled
            ? html`<button class="secondary" type="button" data-testid="enable" @click=${() => this.#enable()}>${t('admin.enable')}</button>`
            : html`<button class="secondary danger" type="button" data-testid="disable" @click=${() => this.#disable()}>${t('admin.disable')}</button>`}
          <button class="secondary" type="button" data-testid="reset-password" @click=${() => this.#resetPassword()}>${t('admin.reset-password')}</button>
          <button class="secondary" type="button" data-testid="end-sessions" ?disabled=${session.length === 0} @click=${() => this.#endSessions()}>${t('admin.end-sessions')}</button>
          ${totp ? html`<button class="secondary danger" type="button" data-testid="remove-totp" @click=${() => this.#removeTotp()}>${t('admin.remove-totp')}</button>` : nothing}
          <a class="quiet-button" href="#audit/${encodeURIComponent(`account ${user.id}`)}">${icon('list')}<span>${t('admin.audit-of')}</span></a>
        </div>
      </section>
      <section class="card">
        <h2>${t('admin.rights')}</h2>
        <form class="rights" @submit=${(event) => this.#setRights(event)}>
          ${RIGHTS.map((right) => html`
            <label class="check"><input type="checkbox" name="right" value=${right} data-testid="right-${right}" .checked=${account.rights.includes(right)}>
              <span>${t(`admin.right.${right}`)} <small class="hint">${t(`admin.right-hint.${right}`)}</small></span></label>`)}
          <button class="secondary" type="submit" data-testid="save-rights">${t('admin.save')}</button>
        </form>
      </section>
      <section class="card">
        <h2>${t('admin.sessions')}</h2>
        ${session.length === 0 ? html`<p class="hint">${t('admin.none')}</p>` : nothing}
        <ul class="rows bare">${session.map((each) => html`
          <li class="row" data-testid="session">
            <span class="row-main"><b>${each.device || each.contract}</b><small>${each.contract} · ${t('admin.session-times', { from: dateTime(each.created_at), used: dateTime(each.used_at), address: each.address, until: dateTime(each.expires_at) })}</small></span>
            <button class="quiet-button" type="button" @click=${() => this.#endSession(each.id)}>${t('admin.end')}</button>
          </li>`)}</ul>
      </section>
      <account-activity .store=${this.store} .account=${user.id}></account-activity>`;
  }

  #facts() {
    const { account, sockets, groups, upload_bytes: used, upload_bytes_max: most } = this.seen;
    return [
      ['admin.username', account.username],
      ['admin.phone', account.phone],
      ['admin.email', account.email],
      ['admin.login-nickname', account.login_nickname],
      ['admin.created', dateTime(account.user.created_at)],
      ['admin.changed', dateTime(account.user.updated_at)],
      ['admin.sockets', sockets],
      ['admin.group-count', groups],
      ['admin.uploads', t('admin.of', { part: fileSize(used), whole: fileSize(most) })],
      ['admin.extra', account.user.extra],
    ];
  }

  get #name() {
    return this.seen.account.user.nickname;
  }

  async #act(method, data, done) {
    const ok = await this.attempt(() => this.store.admin(method, { id: this.account, ...data }));
    if (!ok) return;
    this.store.tell(t(done, { name: this.#name }));
    await this.refresh();
  }

  async #disable() {
    const answer = await this.ask({
      title: t('admin.disable-ask', { name: this.#name }), text: t('admin.disable-hint'), action: t('admin.disable'), danger: true, reason: 'required',
    });
    if (answer) await this.#act('DisableAccount', { reason: answer.reason }, 'admin.disable-done');
  }

  async #enable() {
    const answer = await this.ask({ title: t('admin.enable-ask', { name: this.#name }), action: t('admin.enable'), reason: 'optional' });
    if (answer) await this.#act('EnableAccount', { reason: answer.reason }, 'admin.enable-done');
  }

  async #removeTotp() {
    const answer = await this.ask({
      title: t('admin.remove-totp-ask', { name: this.#name }), text: t('admin.remove-totp-hint'), action: t('admin.remove-totp'), danger: true,
      reason: 'optional',
    });
    if (answer) await this.#act('RemoveTotp', { reason: answer.reason }, 'admin.remove-totp-done');
  }

  async #endSessions() {
    const answer = await this.ask({ title: t('admin.end-ask', { name: this.#name }), text: t('admin.end-hint'), action: t('admin.end-sessions'), danger: true });
    if (answer) await this.#act('EndSessions', {}, 'admin.end-done');
  }

  async #endSession(session) {
    await this.#act('EndSessions', { session_id: session }, 'admin.end-done');
  }

  async #resetPassword() {
    const answer = await this.ask({
      title: t('admin.reset-ask', { name: this.#name }), text: t('admin.reset-hint'), action: t('admin.reset-password'), danger: true, reason: 'optional',
    });
    if (!answer) return;
    let password = '';
    const ok = await this.attempt(
      () => this.store.admin('ResetPassword', { id: this.account, reason: answer.reason }),
      (reset) => (password = reset.password),
    );
    if (!ok) return;
    await document.querySelector('ask-dialog').show({ title: t('admin.reset-done', { name: this.#name }), text: t('admin.shown-once'), secret: password });
    await this.refresh();
  }

  async #setRights(event) {
    event.preventDefault();
    const rights = new FormData(event.target).getAll('right');
    const answer = await this.ask({
      title: t('admin.rights-ask', { name: this.#name }),
      text: rights.length > 0 ? rights.map((right) => t(`admin.right.${right}`)).join(' · ') : t('admin.rights-none'),
      action: t('admin.save'),
    });
    if (answer) await this.#act('SetRights', { rights }, 'admin.rights-done');
  }
}

customElements.define('account-page', AccountPage);
