/// The left pane of contacts: ways to requests, groups and lists, then the friends.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { personRow } from '../view/pane.js';
import { friendsOf } from './friends.js';
import { groupsOf } from './groups.js';

const SEARCH_PAUSE_MS = 250;
const WAYS = [
  ['requests', 'bell'],
  ['groups', 'people'],
  ['discover', 'compass'],
  ['following', 'star'],
  ['followers', 'heart'],
  ['blocked', 'block'],
];

class ContactList extends ParleyElement {
  static properties = { current: { attribute: false } };

  #timer = 0;

  render() {
    const friends = friendsOf(this.store);
    return html`
      <aside class="side" aria-label=${t('people.title')}>
        <header class="side-head">
          <h1>${t('people.title')}</h1>
          <a class="icon-button accent" href="#people/find" data-testid="find-people" aria-label=${t('people.find')} title=${t('people.find')}>${icon('person-plus')}</a>
        </header>
        <nav class="ways" aria-label=${t('people.lists')}>${WAYS.map(([name, shape]) => this.#way(name, shape, friends.waiting + groupsOf(this.store).waiting))}</nav>
        <label class="search side-search">${icon('search')}
          <input type="text" role="searchbox" data-testid="friend-search" aria-label=${t('people.search-friends')} placeholder=${t('people.search-friends')}
            maxlength=${FIXED.keywordChars} autocomplete="off" .value=${friends.keyword} @input=${(event) => this.#typed(event.target.value)}>
        </label>
        <div class="side-rows">
          <ul class="rows" data-testid="friends" aria-label=${t('people.friends')}>
            ${repeat(friends.list.items, ({ user }) => user.id, (friend) => this.#friend(friends, friend))}
          </ul>
          <list-end .store=${this.store} .listing=${friends.list} .empty=${this.#nobody(friends)}></list-end>
        </div>
      </aside>`;
  }

  #way(name, shape, waiting) {
    return html`
      <a class="way" href="#people/${name}" data-testid="way-${name}" aria-current=${this.current === name ? 'page' : nothing}>
        ${icon(shape)}<span>${t(`people.${name}`)}</span>
        ${name === 'requests' && waiting > 0 ? html`<small class="badge" data-testid="requests-badge">${waiting}</small>` : nothing}
      </a>`;
  }

  #friend(friends, { user, remark }) {
    const online = friends.online(user.id);
    return personRow(user, {
      name: remark || user.nickname,
      hint: remark ? user.nickname : '',
      dot: online,
      testid: 'friend',
    });
  }

  #nobody(friends) {
    if (friends.keyword) return html`<p class="hint">${t('people.none-found')}</p>`;
    return html`
      <p>${t('people.no-friends')}</p>
      <p class="hint">${t('people.no-friends-hint')}</p>
      <a class="primary" href="#people/find">${t('people.find')}</a>`;
  }

  #typed(keyword) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => friendsOf(this.store).find(keyword.trim()), SEARCH_PAUSE_MS);
  }
}

customElements.define('contact-list', ContactList);
