/// What the account reported, and what a moderator answered.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { longDate } from '../format.js';
import { t } from '../i18n.js';
import { byCursor, Listing } from '../model/listing.js';
import { timeOf } from '../model/wire.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { emptyNote, paneHead } from '../view/pane.js';

const ROWS = 20;

class MeReports extends ParleyElement {
  #listing = new Listing(byCursor((cursor) => this.#read(cursor)), () => this.requestUpdate());

  connectedCallback() {
    super.connectedCallback();
    this.#listing.again();
  }

  async #read(cursor) {
    const { report, next_cursor: next } = await this.store.request('report.ReportService/MyReports', { cursor, num: ROWS });
    return { rows: report, next };
  }

  render() {
    const { items } = this.#listing;
    return html`
      <main class="pane">
        ${paneHead(t('me.reports'), '#me')}
        <div class="pane-body">
          <p class="hint">${t('report.mine-text')}</p>
          <ul class="rows" data-testid="my-reports">${repeat(items, ({ id }) => id, (report) => this.#report(report))}</ul>
          <list-end .store=${this.store} .listing=${this.#listing} .empty=${emptyNote('flag', t('report.none'), t('report.none-hint'))}></list-end>
        </div>
      </main>`;
  }

  #report({ id, kind, reason, created_at: at, resolved_at: resolved, answer }) {
    return html`
      <li class="row" data-testid="my-report" data-id=${id} data-open=${!resolved}>
        <span class="row-link">
          <span class="device-icon">${icon({ REPORT_GROUP: 'people', REPORT_MESSAGE: 'chat' }[kind] ?? 'person')}</span>
          <span class="row-text wrapped"><b>${reason}</b>
            <small>${t(`report.kind-${kind}`)} · ${longDate(timeOf(at))}</small>
            <small>${resolved ? t('report.resolved', { date: longDate(timeOf(resolved)) }) : t('report.open')}</small>
            ${answer ? html`<span data-testid="answer" dir="auto">${answer}</span>` : nothing}</span>
        </span>
      </li>`;
  }
}

customElements.define('me-reports', MeReports);
