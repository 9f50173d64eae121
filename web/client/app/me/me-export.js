/// All that the server has of the account, as a file.

import { html, nothing } from 'lit';
import { Fault } from '../fault.js';
import { t } from '../i18n.js';
import { savedToken } from '../session.js';
import { ActElement } from '../view/act-element.js';
import { ask } from '../view/ask.js';
import { paneHead } from '../view/pane.js';
import { proven } from '../view/prove.js';
import '../own-texts.js';

// So long the browser may take to begin with what it was given.
const KEPT_MS = 60_000;

class MeExport extends ActElement {
  static properties = { told: { state: true } };

  constructor() {
    super();
    this.told = '';
  }

  render() {
    return html`
      <main class="pane">
        ${paneHead(t('me.export'), '#me')}
        <div class="pane-body form" aria-busy=${this.busy}>
          <p class="hint">${t('me.export-text')}</p>
          <p class="hint">${t('me.export-how')}</p>
          <p class="saved" role="status" data-testid="export-told">${this.busy ? t('me.export-busy') : this.told || nothing}</p>
          <p class="fault" role="alert" data-testid="export-fault">${this.fault || nothing}</p>
          <button class="primary" type="button" data-testid="export" ?disabled=${this.busy} @click=${this.#export}>${t('me.export-do')}</button>
        </div>
      </main>`;
  }

  #export() {
    this.told = '';
    const put = (question) => ask({ title: t('me.prove'), action: t('me.prove-ok'), ...question });
    return this.act(async () => {
      save(await proven(fetchAll, this.store.request, put));
      this.told = t('me.export-done');
    });
  }
}

async function fetchAll() {
  const options = { credentials: 'omit', headers: { authorization: `Bearer ${savedToken()}` } };
  const response = await fetch('/v1/me/export', options).catch(() => {
    throw Fault.offline();
  });
  if (!response.ok) throw await Fault.fromResponse(response);
  return response.blob().catch(() => {
    throw Fault.offline();
  });
}

function save(blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = 'parley-account.zip';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

customElements.define('me-export', MeExport);
