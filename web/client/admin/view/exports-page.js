/// Downloads everything of a kind, signed.

import { html } from 'lit';
import { download } from '../download.js';
import { t } from '/app/i18n.js';
import { icon } from '/app/view/icons.js';
import { PageElement } from './page-element.js';

const KINDS = ['accounts', 'groups', 'reports', 'audit'];

class ExportsPage extends PageElement {
  static properties = { key: { state: true } };

  constructor() {
    super();
    this.key = '';
  }

  refresh() {
    return this.attempt(() => this.store.admin('ExportKey'), ({ public_key: key }) => (this.key = key));
  }

  render() {
    return html`
      ${this.problem()}
      <section class="card">
        <p class="hint">${t('admin.exports-hint')}</p>
        <ul class="rows bare">${KINDS.map((kind) => html`
          <li class="row">
            <span class="row-main"><b>${t(`admin.export.${kind}`)}</b><small>parley-${kind}.jsonl.gz</small></span>
            <button class="secondary" type="button" data-testid="export-${kind}" ?disabled=${this.busy} @click=${() => this.#export(kind)}>
              ${icon('download')}<span>${t('admin.download')}</span></button>
          </li>`)}</ul>
      </section>
      <section class="card">
        <h2>${t('admin.verify')}</h2>
        <p class="hint">${t('admin.verify-hint')}</p>
        <pre tabindex="0" data-testid="verify">./parley export verify parley-accounts.jsonl.gz --key ${this.key}</pre>
      </section>`;
  }

  async #export(kind) {
    if (await this.attempt(() => this.store.proven(() => download(kind)))) this.store.tell(t('admin.export-done', { kind: t(`admin.export.${kind}`) }));
  }
}

customElements.define('exports-page', ExportsPage);
