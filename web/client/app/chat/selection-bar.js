/// Stands in place of the composer while messages are selected: how many, and what can be done with all of them. Fires `leave`.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { copy } from '../kinds/text.js';
import { recall } from '../model/deeds.js';
import { ask } from '../view/ask.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { deleteWithUndo } from './deleting.js';
import { showForward } from './forward-picker.js';
import { isRecallable } from './message-menu.js';
import { current, textOf } from './selection.js';

class SelectionBar extends ParleyElement {
  static properties = { chat: { attribute: false }, selected: { attribute: false } };

  render() {
    const messages = current(this.selected, this.store, this.chat);
    const none = messages.length === 0;
    const recallable = !none && messages.every((message) => isRecallable(this.store, this.chat, message));
    return html`
      <div class="selection-bar" role="toolbar" aria-label=${t('select.bar')} data-testid="selection-bar">
        <button class="icon-button" type="button" data-testid="select-leave" aria-label=${t('select.leave')} title=${t('select.leave')}
          @click=${this.#leave}>${icon('close')}</button>
        <p role="status" data-testid="select-count">${t('select.count', { n: messages.length })}</p>
        ${navigator.clipboard ? this.#button('copy', 'copy', none, () => this.#copy(messages)) : nothing}
        ${recallable ? this.#button('recall', 'undo', false, () => this.#recall(messages)) : nothing}
        ${this.#button('delete', 'trash', none, () => this.#delete(messages))}
        ${this.#button('forward', 'forward', none, () => showForward(this.store, messages, this.#leave))}
      </div>`;
  }

  #button(name, shape, disabled, act) {
    const label = t(`message.${name}`);
    return html`
      <button class="icon-button ${name === 'recall' || name === 'delete' ? 'danger' : ''}" type="button" data-testid="select-${name}" aria-label=${label} title=${label}
        ?disabled=${disabled} @click=${act}>${icon(shape)}</button>`;
  }

  #copy(messages) {
    copy(textOf(messages, this.store), this.store);
    this.#leave();
  }

  #delete(messages) {
    this.#leave();
    deleteWithUndo(this.store, messages);
  }

  /// One after the other; what cannot be taken back any more is told, and the others are.
  async #recall(messages) {
    const n = messages.length;
    if (!(await ask({ title: t('select.recall-title', { n }), text: t('select.recall-text'), action: t('message.recall'), danger: true }))) return;
    this.#leave();
    for (const message of messages) await recall(this.store, message).catch((fault) => this.store.tell(fault.message));
  }

  #leave = () => this.dispatchEvent(new CustomEvent('leave'));
}

customElements.define('selection-bar', SelectionBar);
