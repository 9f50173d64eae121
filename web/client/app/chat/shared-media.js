/// What was shared in a chat, in a dialog: pictures and videos as tiles, files and voices as rows. Each leads to its message.
/// Fires `chosen` with it.

import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { stamp } from '../format.js';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { SHARED, sharedIn } from '../model/shared.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { openDialog } from './dialog.js';
import { said } from './summary.js';

/// Opens it for the conversation `chat`.
export function showShared(store, chat) {
  const dialog = openDialog(t('shared.title'), 'shared-dialog');
  const chosen = ({ detail: message }) => {
    dialog.close();
    store.seek(chat, message.seq);
  };
  render(html`<shared-media .store=${store} .chat=${chat} @chosen=${chosen}></shared-media>`, dialog.body);
}

class SharedMedia extends ParleyElement {
  static properties = { chat: { attribute: false }, tab: { state: true } };

  #listing = null;

  constructor() {
    super();
    this.tab = 'pictures';
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    this.#listing ??= sharedIn(this.store.conversation(this.chat).id, {
      request: this.store.request,
      wanted: () => this.isConnected,
      changed: () => this.store.changed(),
    });
  }

  render() {
    const shown = this.#listing.items.filter(({ kind }) => SHARED[this.tab].includes(kind));
    const pictures = this.tab === 'pictures';
    return html`
      <div class="tabs" role="group" aria-label=${t('shared.title')}>
        ${Object.keys(SHARED).map((tab) => html`
          <button type="button" data-testid="shared-${tab}" aria-pressed=${this.tab === tab} @click=${() => (this.tab = tab)}>${t(`shared.${tab}`)}</button>`)}
      </div>
      <ul class=${pictures ? 'tiles' : 'rows'}>
        ${repeat(shown, ({ id }) => id, (message) => html`<li>${pictures ? this.#tile(message) : this.#row(message)}</li>`)}
      </ul>
      ${this.#listing.ended && shown.length === 0 ? html`<p class="note" data-testid="shared-none">${t('shared.none')}</p>` : nothing}
      <list-end .store=${this.store} .listing=${this.#listing}></list-end>`;
  }

  #tile(message) {
    const { kind, content } = message;
    const source = embeddable(kind === 'video' ? content.thumb_url : content.url);
    return html`
      <button type="button" class="tile" data-testid="shared-tile" data-seq-shared=${message.seq}
        aria-label=${`${said(message)} ${stamp(message.createdAt)}`} @click=${() => this.#choose(message)}>
        ${source ? html`<img src=${source} alt="" loading="lazy" decoding="async">` : icon(kind)}
        ${kind === 'video' ? html`<span class="tile-mark">${icon('play')}</span>` : nothing}
      </button>`;
  }

  #row(message) {
    const { name } = this.store.directory.user(message.senderId);
    return html`
      <button type="button" class="row-link" data-testid="shared-row" data-seq-shared=${message.seq} @click=${() => this.#choose(message)}>
        <span class="card-icon">${icon(message.kind)}</span>
        <span class="row-text"><b dir="auto">${message.content.name || said(message)}</b><small>${name} · ${stamp(message.createdAt)}</small></span>
      </button>`;
  }

  #choose(message) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: message }));
  }
}

customElements.define('shared-media', SharedMedia);
