/// What the account has starred, in a dialog: each leads to its message. Fires `chosen` with it.

import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { stamp } from '../format.js';
import { t } from '../i18n.js';
import { star } from '../model/marks.js';
import { follow, starredBy } from '../model/stars.js';
import { keyOfMessage } from '../model/wire.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { nameOf } from './conversation-row.js';
import { openDialog } from './dialog.js';
import { said } from './summary.js';

export function showStarred(store) {
  const dialog = openDialog(t('stars.title'), 'shared-dialog');
  const chosen = ({ detail: message }) => {
    dialog.close();
    store.seek(keyOfMessage(message, store.me), message.seq);
  };
  render(html`<starred-list .store=${store} @chosen=${chosen}></starred-list>`, dialog.body);
}

class StarredList extends ParleyElement {
  #listing = null;
  #heard = ({ detail }) => follow(this.#listing, detail);

  connectedCallback() {
    super.connectedCallback();
    this.#listing ??= starredBy(this.store.request, () => this.store.changed());
    this.store.addEventListener('push', this.#heard);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener('push', this.#heard);
  }

  render() {
    return html`
      <ul class="rows">${repeat(this.#listing.items, ({ id }) => id, (message) => html`<li class="marked-row">${this.#row(message)}${this.#away(message)}</li>`)}</ul>
      <list-end .store=${this.store} .listing=${this.#listing} .empty=${t('stars.none')}></list-end>`;
  }

  #row(message) {
    const key = keyOfMessage(message, this.store.me);
    const { name } = this.store.directory.user(message.senderId);
    return html`
      <button type="button" class="row-link" data-testid="starred-row" data-starred-seq=${message.seq}
        @click=${() => this.dispatchEvent(new CustomEvent('chosen', { detail: message }))}>
        <span class="row-text"><b dir="auto">${said(message)}</b>
          <small>${nameOf(this.store.conversation(key), this.store)} · ${name} · ${stamp(message.createdAt)}</small></span>
      </button>`;
  }

  #away(message) {
    const label = t('message.unstar');
    const act = async () => {
      await star(this.store, message, true);
      this.#listing.remove(message.id);
    };
    return html`
      <button type="button" class="icon-button small" data-testid="starred-away" aria-label=${label} title=${label}
        @click=${() => attempt(this.store, act)}>${icon('close')}</button>`;
  }
}

customElements.define('starred-list', StarredList);
