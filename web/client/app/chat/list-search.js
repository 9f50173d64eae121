/// The search above the list: conversations by name at once, messages of all conversations as the server finds them. A
/// message opens its conversation at that message; Enter opens what was found first. It can be held to one conversation. Fires
/// `searching` with true or false.

import { html, nothing } from 'lit';
import { shortTime } from '../format.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { search } from '../model/deeds.js';
import { targetOf } from '../model/wire.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { said } from './summary.js';

const PAUSE_MS = 250;
const AROUND = 24;

class ListSearch extends ParleyElement {
  static properties = {
    within: { state: true },
    keyword: { state: true },
    found: { state: true },
    cursor: { state: true },
    busy: { state: true },
    fault: { state: true },
  };

  #timer = 0;

  constructor() {
    super();
    this.keyword = '';
    this.within = '';
    this.#clear();
  }

  /// Searches the messages of the conversation `key` only; of all with ''.
  hold(key) {
    this.within = key;
    this.#typed('');
  }

  render() {
    return html`
      <label class="search list-search">${icon('search')}
        <input type="text" role="searchbox" data-testid="list-search" aria-label=${t('search.label')} placeholder=${t('search.hint')}
          maxlength=${FIXED.keywordChars} autocomplete="off" .value=${this.keyword}
          @input=${(event) => this.#typed(event.target.value)} @keydown=${this.#keyed}>
        ${this.keyword
          ? html`<button class="icon-button small" type="button" aria-label=${t('search.clear')} data-testid="search-clear"
              @click=${() => this.#typed('')}>${icon('close')}</button>`
          : nothing}
      </label>
      ${this.within ? this.#held() : nothing}
      ${this.keyword.trim() ? this.#results() : nothing}`;
  }

  #held() {
    const name = this.#entry(this.within).name || '…';
    return html`
      <p class="search-within"><span class="chip" data-testid="search-within" data-key=${this.within}><span>${t('search.within', { name })}</span>
        <button type="button" aria-label=${t('search.everywhere')} title=${t('search.everywhere')} data-testid="search-everywhere"
          @click=${() => this.hold('')}>${icon('close')}</button></span></p>`;
  }

  #results() {
    const named = this.#named();
    return html`
      <div class="conversation-items search-results" role="region" aria-live="polite" aria-label=${t('search.results')}>
        ${named.length > 0 ? html`<h2>${t('list.title')}</h2>` : nothing}
        ${named.map(({ key, entry }) => html`
          <a class="conversation found-conversation" href="#${key}" data-testid="found-conversation" @click=${() => this.#typed('')}>
            ${avatar(entry, key.startsWith('group:'))}<span class="conversation-name">${entry.name}</span></a>`)}
        <h2>${t('search.messages')}</h2>
        ${this.found.map((each) => this.#message(each))}
        ${this.#end()}
      </div>`;
  }

  #message({ key, message }) {
    const entry = this.#entry(key);
    const { name } = this.store.directory.user(message.senderId);
    return html`
      <button class="conversation found-message" type="button" data-testid="found-message" data-seq-found=${message.seq}
        @click=${() => this.store.seek(key, message.seq)}>
        ${avatar(entry, key.startsWith('group:'))}
        <span class="conversation-name">${entry.name || '…'}</span>
        <time class="conversation-time">${shortTime(message.createdAt)}</time>
        <span class="conversation-preview">${message.senderId === this.store.me ? '' : `${name}: `}${this.#marked(said(message))}</span>
      </button>`;
  }

  /// The found part in bold, with what stands before it cut so that it can be seen.
  #marked(text) {
    const at = text.toLowerCase().indexOf(this.keyword.trim().toLowerCase());
    if (at < 0) return text;
    const end = at + this.keyword.trim().length;
    const start = at > AROUND ? at - AROUND : 0;
    return html`${start > 0 ? '…' : ''}${text.slice(start, at)}<mark>${text.slice(at, end)}</mark>${text.slice(end, end + 200)}`;
  }

  #end() {
    if (this.fault) return html`<p class="note fault">${this.fault}</p>`;
    if (this.busy) return html`<p class="note">${t('chat.loading')}</p>`;
    if (this.cursor) return html`<button class="quiet-button" type="button" @click=${() => this.#more()}>${t('search.more')}</button>`;
    return this.found.length === 0 ? html`<p class="note">${t('search.none')}</p>` : nothing;
  }

  #named() {
    if (this.within) return [];
    const wanted = this.keyword.trim().toLowerCase();
    return this.store.conversations
      .map(({ key }) => ({ key, entry: this.#entry(key) }))
      .filter(({ entry }) => `${entry.name}\n${entry.nickname}`.toLowerCase().includes(wanted));
  }

  #entry(key) {
    const { groupId, userId } = targetOf(key);
    return groupId ? this.store.directory.group(groupId) : this.store.directory.user(userId);
  }

  #typed(keyword) {
    this.keyword = keyword;
    this.#clear();
    clearTimeout(this.#timer);
    this.busy = Boolean(keyword.trim());
    if (this.busy) this.#timer = setTimeout(() => this.#more(), PAUSE_MS);
    this.dispatchEvent(new CustomEvent('searching', { detail: this.busy }));
  }

  #keyed(event) {
    if (event.key === 'Escape') this.keyword ? this.#typed('') : this.hold('');
    else if (event.key === 'Enter') this.querySelector('[data-testid=found-conversation], [data-testid=found-message]')?.click();
    else if (event.key === 'ArrowDown') this.querySelector('.search-results a, .search-results button')?.focus();
  }

  async #more() {
    const { keyword, within } = this;
    const wanted = () => this.keyword === keyword && this.within === within && this.isConnected;
    this.busy = true;
    try {
      const { found, cursor } = await search(this.store, {
        keyword: keyword.trim(),
        within: within && this.store.conversation(within).id,
        cursor: this.cursor,
        wanted,
      });
      if (!wanted()) return;
      this.found = [...this.found, ...found];
      this.cursor = cursor;
    } catch (fault) {
      if (wanted()) this.fault = fault.message;
    }
    if (wanted()) this.busy = false;
  }

  #clear() {
    this.found = [];
    this.cursor = '';
    this.busy = false;
    this.fault = '';
  }
}

customElements.define('list-search', ListSearch);
