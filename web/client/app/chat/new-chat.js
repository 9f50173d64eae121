/// The dialog to find somebody, to make a group, to join one, or to add people to one.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { keyOf, targetOf } from '../model/wire.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { handleOf } from '../view/handle.js';

const SEARCH_PAUSE_MS = 250;
const FOUND_MAX = 20;
const TABS = ['people', 'group', 'join'];

class NewChat extends ParleyElement {
  static properties = {
    tab: { state: true },
    inviteTo: { state: true },
    found: { state: true },
    added: { state: true },
    fault: { state: true },
  };

  #timer = 0;
  #asked = 0;

  constructor() {
    super();
    this.#reset('');
  }

  /// Opens the dialog; with a group's key it adds people to that group.
  show(groupKey) {
    this.#reset(groupKey);
    for (const input of this.querySelectorAll('input')) input.value = '';
    this.#dialog.showModal();
  }

  render() {
    const title = this.inviteTo ? t('new.invite', { name: this.#groupName() }) : t('new.title');
    return html`
      <dialog class="new-chat" aria-labelledby="new-chat-title" @click=${this.#clicked}>
        <header>
          <h2 id="new-chat-title">${title}</h2>
          <button class="icon-button" type="button" aria-label=${t('close')} @click=${() => this.#dialog.close()}>${icon('close')}</button>
        </header>
        ${this.inviteTo ? nothing : this.#tabs()}
        <div ?hidden=${this.tab !== 'people'}>${this.#people()}</div>
        <div ?hidden=${this.tab !== 'group'}>${this.#group()}</div>
        <div ?hidden=${this.tab !== 'join'}>${this.#join()}</div>
        <p class="fault" role="alert">${this.fault || nothing}</p>
      </dialog>`;
  }

  get #dialog() {
    return this.querySelector('dialog');
  }

  #tabs() {
    return html`
      <div class="tabs" role="group" aria-label=${t('new.title')}>
        ${TABS.map((tab) => html`
          <button type="button" data-testid="tab-${tab}" aria-pressed=${this.tab === tab} @click=${() => this.#pick(tab)}>${t(`new.${tab}`)}</button>`)}
      </div>`;
  }

  #people() {
    return html`
      <label class="search">${icon('search')}
        <input type="text" role="searchbox" data-testid="user-search" aria-label=${t('new.search')} placeholder=${t('new.search')}
          maxlength=${FIXED.keywordChars} autocomplete="off" autofocus @input=${(event) => this.#typed(event.target.value)}>
      </label>
      <ul class="found" aria-live="polite">
        ${this.found?.map((user) => this.#person(user)) ?? html`<li class="note">${t('new.search-hint')}</li>`}
        ${this.found?.length === 0 ? html`<li class="note">${t('new.none')}</li>` : nothing}
      </ul>`;
  }

  #person(user) {
    const entry = { id: user.id, name: user.nickname, avatarUrl: user.avatar_url };
    return html`
      <li>
        <button type="button" data-testid="user-result" data-user-id=${user.id} @click=${() => this.#chosen(user)}>
          ${avatar(entry)}<span>${user.nickname} ${handleOf(user)}</span>
          ${this.added.has(user.id) ? html`<small data-testid="brought">${icon('check')} ${t(this.added.get(user.id) ? 'new.added' : 'new.invited')}</small>` : nothing}
        </button>
      </li>`;
  }

  #group() {
    return html`
      <form @submit=${(event) => this.#submit(event, (form) => this.#create(form.get('name')))}>
        <label for="group-name">${t('new.group-name')}</label>
        <input id="group-name" name="name" data-testid="group-name" maxlength=${FIXED.groupNameChars} required autocomplete="off">
        <button class="primary" type="submit" data-testid="create-group">${t('new.create')}</button>
      </form>`;
  }

  #join() {
    return html`
      <form @submit=${(event) => this.#submit(event, (form) => this.#joinGroup(form.get('id')))}>
        <label for="join-id">${t('new.group-id')}</label>
        <input id="join-id" name="id" data-testid="join-id" inputmode="numeric" pattern="[0-9]+" maxlength="20" required autocomplete="off">
        <p class="hint">${t('new.join-hint')}</p>
        <button class="primary" type="submit" data-testid="join-group">${t('new.join-now')}</button>
      </form>`;
  }

  #pick(tab) {
    this.tab = tab;
    this.fault = '';
    this.updateComplete.then(() => this.querySelector('dialog > div:not([hidden]) input').focus());
  }

  #typed(keyword) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#attempt(() => this.#search(keyword.trim())), SEARCH_PAUSE_MS);
  }

  async #search(keyword) {
    const asked = ++this.#asked;
    if (!keyword) return (this.found = null);
    const answer = await this.store.request('user.UserService/QueryUser', { keyword, page: 1, page_size: FOUND_MAX });
    if (asked !== this.#asked) return;
    for (const user of answer.user ?? []) this.store.directory.learnUser(user);
    this.found = (answer.user ?? []).filter((user) => user.id !== this.store.me);
  }

  async #chosen(user) {
    if (!this.inviteTo) return this.#go(keyOf({ userId: user.id }));
    await this.#attempt(async () => {
      const { member } = await this.store.request('group.GroupService/JoinGroup', { id: targetOf(this.inviteTo).groupId, user_id: user.id });
      this.added = new Map([...this.added, [user.id, member]]);
    });
  }

  async #create(name) {
    const { group } = await this.store.request('group.GroupService/CreateGroup', { name });
    this.store.directory.learnGroup(group);
    this.#go(keyOf({ groupId: group.id }));
  }

  async #joinGroup(id) {
    const { member } = await this.store.request('group.GroupService/JoinGroup', { id });
    this.store.directory.forget(keyOf({ groupId: id }));
    if (!member) return this.#go(`people/group/${id}`);
    await this.store.sync();
    this.#go(keyOf({ groupId: id }));
  }

  #submit(event, act) {
    event.preventDefault();
    const form = new FormData(event.target);
    return this.#attempt(() => act(form));
  }

  async #attempt(act) {
    this.fault = '';
    try {
      await act();
    } catch (fault) {
      this.fault = fault.message;
    }
  }

  #go(key) {
    this.#dialog.close();
    location.hash = key;
  }

  #groupName() {
    return this.store.directory.group(targetOf(this.inviteTo).groupId).name;
  }

  #clicked(event) {
    if (event.target === this.#dialog) this.#dialog.close();
  }

  #reset(groupKey) {
    this.inviteTo = groupKey;
    this.tab = 'people';
    this.found = null;
    this.added = new Map();
    this.fault = '';
  }
}

customElements.define('new-chat', NewChat);
