/// The base of this client's elements.
///
/// They render into themselves (light DOM) instead of a shadow root: the styles are plain files that apply
/// everywhere, a form is one form to password managers, and a test finds an element with a plain selector.

import { LitElement } from 'lit';
import { languages } from '../i18n.js';

export class ParleyElement extends LitElement {
  static properties = { store: { attribute: false } };

  #again = () => this.requestUpdate();
  #followed = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    languages.addEventListener('change', this.#again);
    this.#follow(this.store);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    languages.removeEventListener('change', this.#again);
    this.#follow(null);
  }

  willUpdate(changed) {
    if (changed.has('store')) this.#follow(this.store);
  }

  /// Renders again whenever the store changes.
  #follow(store) {
    if (this.#followed === store) return;
    this.#followed?.removeEventListener('change', this.#again);
    this.#followed = store;
    store?.addEventListener('change', this.#again);
  }
}
