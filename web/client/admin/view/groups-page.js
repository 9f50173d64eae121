/// Finds groups, closed ones too.

import { html } from 'lit';
import { t } from '/app/i18n.js';
import { FIXED } from '/app/limits.js';
import { avatar } from '/app/view/avatar.js';
import { icon } from '/app/view/icons.js';
import { ListPage } from './list-page.js';
import { dateTime } from './times.js';

const SEARCH_PAUSE_MS = 250;

class GroupsPage extends ListPage {
  #keyword = '';
  #timer = 0;

  async read(cursor, num) {
    const { group, next_cursor: next } = await this.store.admin('SearchGroups', { keyword: this.#keyword, cursor, num });
    return { rows: group, next };
  }

  render() {
    return html`
      <form class="console-filter" role="search" @submit=${(event) => event.preventDefault()}>
        <label class="search">${icon('search')}
          <input type="text" role="searchbox" data-testid="group-search" aria-label=${t('admin.group-search')} placeholder=${t('admin.group-search')}
            maxlength=${FIXED.keywordChars} autocomplete="off" @input=${(event) => this.#typed(event.target.value)}></label>
      </form>
      <ul class="rows" aria-live="polite" aria-busy=${this.listing.loading}>${this.rows.map((group) => html`
        <li><a class="row" href="#groups/${group.id}" data-testid="group" data-id=${group.id}>
          ${avatar({ id: group.id, name: group.name, avatarUrl: group.avatar_url }, true)}
          <span class="row-main"><b>${group.name}</b><small>${group.introduction || group.id}</small></span>
          <span class="row-side"><span class="tag">${t('admin.members', { n: Number(group.member_count) })}</span><small>${dateTime(group.created_at)}</small></span>
        </a></li>`)}</ul>
      ${this.end()}`;
  }

  #typed(keyword) {
    clearTimeout(this.#timer);
    this.#keyword = keyword.trim();
    this.#timer = setTimeout(() => this.refresh(), SEARCH_PAUSE_MS);
  }
}

customElements.define('groups-page', GroupsPage);
