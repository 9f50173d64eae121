/// Finds groups, closed ones too.

import { html } from 'lit';
import { t } from '/app/i18n.js';
import { avatar } from '/app/view/avatar.js';
import { icon } from '/app/view/icons.js';
import { PageElement } from './page-element.js';
import { dateTime } from './times.js';

const SEARCH_PAUSE_MS = 250;
const ROWS = 30;

class GroupsPage extends PageElement {
  static properties = { rows: { state: true }, cursor: { state: true } };

  #keyword = '';
  #timer = 0;

  constructor() {
    super();
    this.rows = null;
    this.cursor = '';
  }

  refresh() {
    return this.#load('');
  }

  #load(cursor) {
    return this.attempt(
      () => this.store.admin('SearchGroups', { keyword: this.#keyword, cursor, num: ROWS }),
      ({ group = [], next_cursor: next }) => {
        this.rows = cursor ? [...this.rows, ...group] : group;
        this.cursor = next;
      },
    );
  }

  render() {
    return html`
      <form class="console-filter" role="search" @submit=${(event) => event.preventDefault()}>
        <label class="search">${icon('search')}
          <input type="text" role="searchbox" data-testid="group-search" aria-label=${t('admin.group-search')} placeholder=${t('admin.group-search')}
            maxlength="64" autocomplete="off" @input=${(event) => this.#typed(event.target.value)}></label>
      </form>
      ${this.problem()}
      <ul class="rows" aria-live="polite" aria-busy=${this.busy}>${(this.rows ?? []).map((group) => html`
        <li><a class="row" href="#groups/${group.id}" data-testid="group" data-id=${group.id}>
          ${avatar({ id: group.id, name: group.name, avatarUrl: group.avatar_url }, true)}
          <span class="row-main"><b>${group.name}</b><small>${group.introduction || group.id}</small></span>
          <span class="row-side"><span class="tag">${t('admin.members', { n: Number(group.member_count) })}</span><small>${dateTime(group.created_at)}</small></span>
        </a></li>`)}</ul>
      ${this.empty(this.rows)}
      ${this.more(this.cursor, () => this.#load(this.cursor))}`;
  }

  #typed(keyword) {
    clearTimeout(this.#timer);
    this.#keyword = keyword.trim();
    this.#timer = setTimeout(() => this.refresh(), SEARCH_PAUSE_MS);
  }
}

customElements.define('groups-page', GroupsPage);
