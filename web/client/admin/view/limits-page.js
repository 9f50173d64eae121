/// The limits in force, and who must wait because of failed logins.

import { html, nothing } from 'lit';
import { language, t } from '/app/i18n.js';
import { PageElement } from './page-element.js';

class LimitsPage extends PageElement {
  static properties = { seen: { state: true } };

  constructor() {
    super();
    this.seen = null;
  }

  refresh() {
    return this.attempt(() => this.store.admin('ListLimits'), (seen) => (this.seen = seen));
  }

  render() {
    if (!this.seen) return html`${this.problem()}${this.empty(null)}`;
    const { limit = [], throttled, names_waiting: names, addresses_waiting: addresses } = this.seen;
    return html`
      ${this.problem()}
      <section class="card">
        <h2>${t('admin.throttle')}</h2>
        <p data-testid="throttle">${throttled
          ? t('admin.throttle-on', { names, addresses })
          : html`<span class="tag warn">${t('admin.throttle-off')}</span>`}</p>
      </section>
      <section class="card">
        <h2>${t('admin.limits-keys')}</h2>
        <p class="hint">${t('admin.limits-hint')}</p>
        <ul class="limits">${limit.map((each) => this.#row(each))}</ul>
      </section>`;
  }

  #row({ key, value, default_value: usual, unit, text }) {
    const number = (each) => Number(each).toLocaleString(language());
    return html`
      <li data-testid="limit" data-key=${key}>
        <code>${key}</code>
        <span><b>${number(value)}</b> ${unit === 'count' ? nothing : t(`admin.unit.${unit}`)}
          ${value === usual ? nothing : html`<span class="tag">${t('admin.by-default', { value: number(usual) })}</span>`}</span>
        <small lang="en">${text}</small>
      </li>`;
  }
}

customElements.define('limits-page', LimitsPage);
