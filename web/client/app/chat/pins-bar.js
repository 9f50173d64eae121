/// The message that was pinned last, above the messages of a chat: a click goes to it, and where there are more, to the list
/// of all that are pinned.

import { html, nothing, render } from 'lit';
import { stamp } from '../format.js';
import { t } from '../i18n.js';
import { mayPin, pin } from '../model/marks.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { openDialog } from './dialog.js';
import { said } from './summary.js';

class PinsBar extends ParleyElement {
  static properties = { chat: { attribute: false } };

  render() {
    const [last, ...others] = this.store.pins.of(this.store.conversation(this.chat).id);
    if (!last) return nothing;
    const n = others.length + 1;
    return html`
      <section class="pins-bar" aria-label=${t('pins.title')} data-testid="pins-bar">
        ${icon('pinned')}
        <button type="button" class="pins-last" data-testid="pins-last" data-pinned-seq=${last.seq} @click=${() => this.store.seek(this.chat, last.seq)}>
          <small>${t('pins.last')}</small><span dir="auto">${said(last)}</span></button>
        <button type="button" class="quiet-button" data-testid="pins-all" aria-label=${t('pins.all', { n })} title=${t('pins.all', { n })}
          @click=${() => showPins(this.store, this.chat)}>${icon('list')}<span>${n}</span></button>
      </section>`;
  }
}

customElements.define('pins-bar', PinsBar);

/// All that is pinned in a chat, in a dialog. Fires `chosen` with a message to go to.
class PinsList extends ParleyElement {
  static properties = { chat: { attribute: false } };

  render() {
    const pins = this.store.pins.of(this.store.conversation(this.chat).id);
    if (pins.length === 0) return html`<p class="note" data-testid="pins-none">${t('pins.none')}</p>`;
    return html`<ul class="rows">${pins.map((message) => html`<li class="marked-row">${this.#row(message)}${this.#unpin(message)}</li>`)}</ul>`;
  }

  #row(message) {
    const { name } = this.store.directory.user(message.senderId);
    return html`
      <button type="button" class="row-link" data-testid="pins-row" data-pinned-seq=${message.seq}
        @click=${() => this.dispatchEvent(new CustomEvent('chosen', { detail: message }))}>
        <span class="row-text"><b dir="auto">${said(message)}</b><small>${name} · ${stamp(message.createdAt)}</small></span>
      </button>`;
  }

  #unpin(message) {
    if (!mayPin(this.store, this.chat)) return nothing;
    const label = t('message.unpin');
    return html`
      <button type="button" class="icon-button small" data-testid="pins-away" aria-label=${label} title=${label}
        @click=${() => attempt(this.store, () => pin(this.store, message, true))}>${icon('close')}</button>`;
  }
}

customElements.define('pins-list', PinsList);

function showPins(store, chat) {
  const dialog = openDialog(t('pins.title'), 'shared-dialog');
  const chosen = ({ detail: message }) => {
    dialog.close();
    store.seek(chat, message.seq);
  };
  render(html`<pins-list .store=${store} .chat=${chat} @chosen=${chosen}></pins-list>`, dialog.body);
}
