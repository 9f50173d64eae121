/// Tokens of trusted programs: those of the configuration, and those made here.

import { html, nothing } from 'lit';
import { t } from '/app/i18n.js';
import { PageElement } from './page-element.js';
import { dateTime } from './times.js';

const RIGHTS = ['gateway', 'mail', 'entry', 'admin'];

class TokensPanel extends PageElement {
  static properties = { rows: { state: true } };

  constructor() {
    super();
    this.rows = null;
  }

  refresh() {
    return this.attempt(() => this.store.admin('ListTokens'), ({ token = [] }) => (this.rows = token));
  }

  render() {
    return html`
      <section class="card">
        <h2>${t('admin.tokens')}</h2>
        <p class="hint">${t('admin.tokens-hint')}</p>
        ${this.problem()}
        <ul class="rows bare" aria-live="polite">${(this.rows ?? []).map((token) => this.#row(token))}</ul>
        ${this.empty(this.rows)}
        <form class="adding" @submit=${(event) => this.#create(event)}>
          <h3>${t('admin.token-new')}</h3>
          <label for="token-name">${t('admin.token-name')}</label>
          <input id="token-name" name="name" data-testid="token-name" required maxlength="50" pattern="[\\w.\\-]+" autocomplete="off" spellcheck="false">
          <div class="rights inline" role="group" aria-label=${t('admin.rights')}>${RIGHTS.map((right) => html`
            <label class="check"><input type="checkbox" name="right" value=${right} data-testid="token-right-${right}"><span>${t(`admin.right.${right}`)}</span></label>`)}</div>
          <button class="primary" type="submit" data-testid="create-token" ?disabled=${this.busy}>${t('admin.create')}</button>
        </form>
      </section>`;
  }

  #row(token) {
    const configured = token.id === '0';
    const used = token.last_used_at ? t('admin.used-at', { at: dateTime(token.last_used_at) }) : t('admin.not-used');
    return html`
      <li class="row" data-testid="token" data-name=${token.name}>
        <span class="row-main"><b>${token.name}</b>
          <small>${configured ? t('admin.configured') : `${t('admin.made-at', { at: dateTime(token.created_at) })} · ${used}`}</small></span>
        <span class="row-side">
          ${token.rights.map((right) => html`<span class="tag">${t(`admin.right.${right}`)}</span>`)}
          ${token.revoked_at ? html`<span class="tag warn">${t('admin.revoked')}</span>` : nothing}
          ${configured || token.revoked_at ? nothing : html`
            <button class="quiet-button" type="button" data-testid="revoke" @click=${() => this.#revoke(token)}>${t('admin.revoke')}</button>`}
        </span>
      </li>`;
  }

  async #create(event) {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form);
    const name = data.get('name');
    let secret = '';
    const ok = await this.attempt(
      () => this.store.admin('CreateToken', { name, rights: data.getAll('right') }),
      (made) => (secret = made.secret),
    );
    if (!ok) return;
    form.reset();
    await document.querySelector('ask-dialog').show({ title: t('admin.token-done', { name }), text: t('admin.shown-once'), secret });
    await this.refresh();
  }

  async #revoke(token) {
    const answer = await this.ask({ title: t('admin.revoke-ask', { name: token.name }), text: t('admin.revoke-hint'), action: t('admin.revoke'), danger: true });
    if (!answer) return;
    if (!(await this.attempt(() => this.store.admin('RevokeToken', { id: token.id })))) return;
    this.store.tell(t('admin.revoke-done', { name: token.name }));
    await this.refresh();
  }
}

customElements.define('tokens-panel', TokensPanel);
