/// The sections, beside the page on a wide screen and below it on a phone, with what waits in each.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { avatar } from './avatar.js';
import { waitingIn } from './badges.js';
import { ParleyElement } from './element.js';
import { icon } from './icons.js';
import { SECTIONS } from './sections.js';

class NavRail extends ParleyElement {
  static properties = { current: { attribute: false } };

  render() {
    return html`
      <nav class="rail" aria-label=${t('nav.label')}>
        <span class="rail-me">${avatar(this.store.directory.user(this.store.me))}</span>
        ${SECTIONS.map((section) => this.#link(section))}
      </nav>`;
  }

  #link({ name, icon: shape, title }) {
    const waiting = waitingIn(name, this.store);
    return html`
      <a class="rail-link" href="#${name}" data-testid="nav-${name}" aria-current=${this.current === name ? 'page' : nothing}>
        ${icon(shape)}<span>${t(title)}</span>
        ${waiting > 0
          ? html`<small class="badge" aria-label=${t('nav.waiting', { n: waiting })}>${waiting > 99 ? '99+' : waiting}</small>`
          : nothing}
      </a>`;
  }
}

customElements.define('nav-rail', NavRail);
