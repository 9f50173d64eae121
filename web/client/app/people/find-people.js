/// Finds accounts by a part of their nickname.

import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { byPages, Listing } from '../model/listing.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { emptyNote, paneHead, personRow } from '../view/pane.js';

const SEARCH_PAUSE_MS = 250;

class FindPeople extends ParleyElement {
  static properties = { keyword: { state: true } };

  #timer = 0;
  #found = null;

  constructor() {
    super();
    this.keyword = '';
  }

  render() {
    return html`
      <main class="pane">
        ${paneHead(t('people.find'), '#people')}
        <div class="pane-body">
          <label class="search">${icon('search')}
            <input type="text" role="searchbox" data-testid="people-search" aria-label=${t('people.find-by')} placeholder=${t('people.find-by')}
              maxlength=${FIXED.keywordChars} autocomplete="off" autocapitalize="none" @input=${(event) => this.#typed(event.target.value)}>
          </label>
          ${this.keyword ? this.#results() : emptyNote('search', t('people.find-start'), t('people.find-hint'))}
        </div>
      </main>`;
  }

  firstUpdated() {
    this.querySelector('input').focus();
  }

  #results() {
    return html`
      <ul class="rows" data-testid="people-found">
        ${repeat(this.#found.items, ({ id }) => id, (user) => personRow(user, { hint: user.extra, testid: 'found-person' }))}
      </ul>
      <list-end .store=${this.store} .listing=${this.#found} .empty=${html`<p class="hint">${t('people.none-found')}</p>`}></list-end>`;
  }

  #typed(keyword) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(keyword.trim()), SEARCH_PAUSE_MS);
  }

  #search(keyword) {
    this.#found = new Listing(
      byPages((page, page_size) =>
        this.store.request('user.UserService/QueryUser', { keyword, page, page_size }).then(({ user, pager }) => {
          for (const each of user ?? []) this.store.directory.learnUser(each);
          return { rows: (user ?? []).filter(({ id }) => id !== this.store.me), pager };
        })),
      () => this.requestUpdate(),
    );
    this.keyword = keyword;
    if (keyword) this.#found.more();
  }
}

customElements.define('find-people', FindPeople);
