/// The end of a list on screen: reads the next part when it comes into sight, and says why there is nothing to see.
/// `.listing`, `.empty`: what to say of a list without rows, a text or a template.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { Comeback } from './comeback.js';
import { ParleyElement } from './element.js';

const AHEAD = '600px';
const SCROLLERS = '.pane, .side-rows, .picker';

class ListEnd extends ParleyElement {
  static properties = { listing: { attribute: false }, empty: { attribute: false } };

  #watch = null;
  #seen = false;
  #comeback = new Comeback();

  connectedCallback() {
    super.connectedCallback();
    // A margin counts for the root only, so that has to be what scrolls.
    const bounds = { root: this.closest(SCROLLERS), rootMargin: AHEAD };
    this.#watch = new IntersectionObserver((entries) => this.#sighted(entries.at(-1).isIntersecting), bounds);
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  render() {
    const { loading, fault, ended, items } = this.listing;
    return html`
      <div class="list-end" ?data-idle=${!loading && !fault && (items.length > 0 || !this.empty)} aria-live="polite">
        ${loading ? html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>` : nothing}
        ${fault
          ? html`<p class="fault" role="alert">${fault}</p>
              <button class="quiet-button" type="button" data-testid="try-again" @click=${() => this.listing.more()}>${t('list-end.again')}</button>`
          : nothing}
        ${this.empty && ended && !loading && items.length === 0 ? html`<div class="nothing" data-testid="nothing">${this.empty}</div>` : nothing}
      </div>`;
  }

  /// The observer tells of changes only: a part that does not fill the screen is followed by the next. What failed is
  /// tried again when the connection comes back.
  updated() {
    const back = this.#comeback.of(this.store);
    if (this.#seen && (back || !this.listing.fault)) this.listing.more();
  }

  #sighted(seen) {
    this.#seen = seen;
    if (seen && !this.listing.fault) this.listing.more();
  }
}

customElements.define('list-end', ListEnd);
