/// Picks friends: `.chosen` is the set of their ids, `.without` are not offered. Fires `chosen` when it changes.

import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import '../view/list-end.js';
import { handleOf } from '../view/handle.js';
import { friendsOf } from './friends.js';

class FriendPicker extends ParleyElement {
  static properties = { chosen: { attribute: false }, without: { attribute: false } };

  constructor() {
    super();
    this.chosen = new Set();
    this.without = new Set();
  }

  render() {
    const { list } = friendsOf(this.store);
    const offered = list.items.filter(({ user }) => !this.without.has(user.id));
    return html`
      <ul class="rows picker" data-testid="picker">${repeat(offered, ({ user }) => user.id, (friend) => this.#friend(friend))}</ul>
      <list-end .store=${this.store} .listing=${list} .empty=${html`<p class="hint">${t('people.no-friends')}</p>`}></list-end>`;
  }

  #friend({ user, remark }) {
    return html`
      <li class="row">
        <label class="row-link">
          ${avatar({ id: user.id, name: user.nickname, avatarUrl: user.avatar_url })}
          <span class="row-text"><span class="row-name"><b>${remark || user.nickname}</b>${handleOf(user)}</span></span>
          <input type="checkbox" data-testid="pick" data-user-id=${user.id} .checked=${this.chosen.has(user.id)} @change=${(event) => this.#toggle(user.id, event.target.checked)}>
        </label>
      </li>`;
  }

  #toggle(id, on) {
    this.chosen = new Set(this.chosen);
    if (on) this.chosen.add(id);
    else this.chosen.delete(id);
    this.dispatchEvent(new CustomEvent('chosen', { detail: this.chosen }));
  }
}

customElements.define('friend-picker', FriendPicker);
