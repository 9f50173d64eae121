/// Finds accounts.

import { html, nothing } from 'lit';
import { dateTime } from './times.js';
import { t } from '/app/i18n.js';
import { FIXED } from '/app/limits.js';
import { avatar } from '/app/view/avatar.js';
import { handleOf } from '/app/view/handle.js';
import { icon } from '/app/view/icons.js';
import { ListPage } from './list-page.js';

const SEARCH_PAUSE_MS = 250;

class AccountsPage extends ListPage {
  #filter = { keyword: '', disabled: false, admin: false };
  #timer = 0;

  async read(cursor, num) {
    const { account, next_cursor: next } = await this.store.admin('SearchAccounts', { ...this.#filter, cursor, num });
    return { rows: account, next };
  }

  idOf({ user }) {
    return user.id;
  }

  render() {
    return html`
      <form class="console-filter" role="search" @submit=${(event) => event.preventDefault()}>
        <label class="search">${icon('search')}
          <input type="text" role="searchbox" data-testid="account-search" aria-label=${t('admin.account-search')} placeholder=${t('admin.account-search')}
            maxlength=${FIXED.keywordChars} autocomplete="off" spellcheck="false" @input=${(event) => this.#typed(event.target.value)}></label>
        ${['disabled', 'admin'].map((name) => html`
          <label class="check"><input type="checkbox" data-testid="only-${name}" @change=${(event) => this.#only(name, event.target.checked)}>
            <span>${t(`admin.only-${name}`)}</span></label>`)}
      </form>
      <ul class="rows" aria-live="polite" aria-busy=${this.listing.loading}>${this.rows.map((row) => this.#row(row))}</ul>
      ${this.end()}`;
  }

  #row({ user, username, phone, email, login_nickname: nickname, rights, disabled }) {
    const names = [username, phone, email, nickname].filter(Boolean).join(' · ');
    return html`
      <li><a class="row" href="#accounts/${user.id}" data-testid="account" data-id=${user.id}>
        ${avatar({ id: user.id, name: user.nickname, avatarUrl: user.avatar_url })}
        <span class="row-main"><b>${user.nickname} ${handleOf(user)}</b><small>${names}</small></span>
        <span class="row-side">
          ${rights.map((right) => html`<span class="tag">${t(`admin.right.${right}`)}</span>`)}
          ${disabled ? html`<span class="tag warn">${t('admin.disabled')}</span>` : nothing}
          <small>${dateTime(user.created_at)}</small>
        </span></a></li>`;
  }

  #typed(keyword) {
    clearTimeout(this.#timer);
    this.#filter.keyword = keyword.trim();
    this.#timer = setTimeout(() => this.refresh(), SEARCH_PAUSE_MS);
  }

  #only(name, wanted) {
    this.#filter[name] = wanted;
    this.refresh();
  }
}

customElements.define('accounts-page', AccountsPage);
