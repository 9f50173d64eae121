/// Picks the chats into which messages are forwarded: those of the list, found by name. Fires `picked` with their keys.

import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { forward, TARGETS_MAX } from '../model/forwarding.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { nameOf } from './conversation-row.js';
import { openDialog } from './dialog.js';

// Whoever has more searches.
const SHOWN_MAX = 100;

/// Asks where `messages` shall go, sends them, and says so. Calls `done()` once they were sent and the dialog is gone.
export function showForward(store, messages, done = () => {}) {
  const dialog = openDialog(t('forward.title', { n: messages.length }), 'forward-dialog');
  const picked = ({ detail: keys }) => {
    forward(store, messages, keys);
    tellWhere(store, keys);
    // Its entry of the history goes a moment later, and only then can one below it go.
    addEventListener('popstate', done, { once: true });
    dialog.close();
  };
  render(html`<forward-picker .store=${store} @picked=${picked}></forward-picker>`, dialog.body);
}

function tellWhere(store, keys) {
  const name = nameOf(store.conversation(keys[0]), store);
  const [text, label] = keys.length === 1
    ? [t('forward.done', { name }), t('forward.open')]
    : [t('forward.done-many', { n: keys.length }), t('forward.open-first', { name })];
  store.tell(text, { href: `#${keys[0]}`, label });
}

class ForwardPicker extends ParleyElement {
  static properties = { keyword: { state: true }, chosen: { state: true } };

  constructor() {
    super();
    this.keyword = '';
    this.chosen = new Set();
  }

  render() {
    const offered = this.#offered();
    return html`
      <label class="search">${icon('search')}
        <input type="text" role="searchbox" data-testid="forward-search" aria-label=${t('forward.search')} placeholder=${t('forward.search')}
          maxlength=${FIXED.keywordChars} autocomplete="off" autofocus @input=${(event) => (this.keyword = event.target.value)}>
      </label>
      <ul class="rows">${repeat(offered, ({ key }) => key, (conversation) => this.#row(conversation))}</ul>
      ${offered.length === 0 ? html`<p class="note">${t('forward.none')}</p>` : nothing}
      <footer class="sheet-actions">
        ${this.#full ? html`<span class="hint" role="status">${t('forward.at-most', { n: TARGETS_MAX })}</span>` : nothing}
        <button class="primary" type="button" data-testid="forward-send" ?disabled=${this.chosen.size === 0}
          @click=${() => this.dispatchEvent(new CustomEvent('picked', { detail: [...this.chosen] }))}>${t('forward.send', { n: this.chosen.size })}</button>
      </footer>`;
  }

  #row(conversation) {
    const { key, groupId, userId } = conversation;
    const { directory } = this.store;
    const chosen = this.chosen.has(key);
    return html`
      <li class="row">
        <label class="row-link">
          ${avatar(groupId ? directory.group(groupId) : directory.user(userId), Boolean(groupId))}
          <span class="row-text"><b dir="auto">${nameOf(conversation, this.store)}</b></span>
          <input type="checkbox" data-testid="forward-to" data-key=${key} .checked=${chosen} ?disabled=${this.#full && !chosen}
            @change=${(event) => this.#choose(key, event.target.checked)}>
        </label>
      </li>`;
  }

  get #full() {
    return this.chosen.size >= TARGETS_MAX;
  }

  /// Those in which the account can write whose name has the keyword, and those that are chosen already.
  #offered() {
    const wanted = this.keyword.trim().toLowerCase();
    const found = (conversation) => nameOf(conversation, this.store).toLowerCase().includes(wanted);
    return this.store.conversations
      .filter((each) => !each.ended && (this.chosen.has(each.key) || found(each)))
      .slice(0, SHOWN_MAX);
  }

  #choose(key, wanted) {
    this.chosen = new Set([...this.chosen].filter((each) => each !== key).concat(wanted ? [key] : []));
  }
}

customElements.define('forward-picker', ForwardPicker);
