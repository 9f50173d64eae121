/// The members of a group whose name begins with, or holds, what was written after `@`. The composer keeps the focus
/// and hands its keys on. Fires `chosen` (detail: the member's entry).

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { handleOf } from '../view/handle.js';

const SHOWN_MAX = 8;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

class MentionPicker extends ParleyElement {
  static properties = {
    groupId: { attribute: false },
    /// `{text}`: what was written after the `@`.
    query: { attribute: false },
    ids: { state: true },
    at: { state: true },
  };

  constructor() {
    super();
    this.ids = [];
    this.at = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.store.members.of(this.groupId).then((ids) => (this.ids = ids), () => {});
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('query')) this.at = 0;
  }

  render() {
    const found = this.#found;
    if (found.length === 0) return nothing;
    return html`
      <ul class="mention-list" role="listbox" aria-label=${t('composer.mention')} data-testid="mention-list">
        ${found.map((entry, i) => html`
          <li role="option" aria-selected=${i === this.at} data-testid="mention-option" @mousedown=${(event) => this.#clicked(event, entry)}>
            ${avatar(entry)}<span>${entry.nickname}</span>${handleOf(entry)}${entry.name === entry.nickname ? nothing : html`<small>${entry.name}</small>`}
          </li>`)}
      </ul>
      <p class="for-screen-reader" aria-live="polite">${found[this.at]?.nickname}</p>`;
  }

  /// True if the key was meant for the list.
  keyed(event) {
    const found = this.#found;
    if (found.length === 0) return false;
    if (event.key in STEPS) this.at = (this.at + STEPS[event.key] + found.length) % found.length;
    else if (event.key === 'Enter' || event.key === 'Tab') this.#choose(found[this.at]);
    else if (event.key === 'Escape') this.ids = [];
    else return false;
    event.preventDefault();
    return true;
  }

  /// Those whose name begins with it first.
  get #found() {
    const wanted = this.query.text.toLowerCase();
    const entries = this.ids.filter((id) => id !== this.store.me).map((id) => this.store.directory.user(id));
    const rank = ({ name, nickname }) => {
      const names = [nickname.toLowerCase(), name.toLowerCase()];
      return names.some((each) => each.startsWith(wanted)) ? 0 : names.some((each) => each.includes(wanted)) ? 1 : 2;
    };
    return entries.filter((entry) => rank(entry) < 2).sort((a, b) => rank(a) - rank(b)).slice(0, SHOWN_MAX);
  }

  #clicked(event, entry) {
    // The focus stays where the text is written.
    event.preventDefault();
    this.#choose(entry);
  }

  #choose(entry) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: entry }));
  }
}

customElements.define('mention-picker', MentionPicker);
