/// How the server is: totals, and the last ten minutes as lines. Asks every five seconds.

import { html } from 'lit';
import { fileSize } from '/app/format.js';
import { language, t } from '/app/i18n.js';
import { lineChart } from './line-chart.js';
import { WatchingPage } from './watching-page.js';

class OverviewPage extends WatchingPage {
  look() {
    return this.store.admin('Overview');
  }

  render() {
    if (!this.seen) return html`${this.problem()}${this.empty(null)}`;
    const { totals, disk, version, started_at: started, sample = [], now } = this.seen;
    return html`
      ${this.problem()}
      <ul class="tiles" data-testid="totals">
        ${['accounts', 'groups', 'conversations', 'messages', 'feeds'].map((name) => this.#tile(t(`admin.total.${name}`), count(totals[name])))}
        ${this.#tile(t('admin.total.disabled'), count(totals.disabled))}
        ${this.#tile(t('admin.data'), fileSize(disk.data_bytes))}
        ${this.#tile(t('admin.disk-free', { whole: fileSize(disk.total_bytes) }), fileSize(disk.free_bytes))}
      </ul>
      <div class="charts" data-testid="charts" data-samples=${sample.length} data-at=${now.at}>${charts([...sample, now])}</div>
      <p class="hint">${t('admin.running', { version, since: new Date(started).toLocaleString(language()) })}</p>`;
  }

  #tile(name, value) {
    return html`<li><small>${name}</small><b>${value}</b></li>`;
  }
}

function charts(samples) {
  const of = (field, scale = 1) => samples.map((each) => Number(each[field]) * scale);
  const one = (id, field, show = rate) => ({ id, title: t(`admin.chart.${id}`), lines: [{ values: of(field) }], show });
  const two = (id, first, second, show, scale) => ({
    id,
    title: t(`admin.chart.${id}`),
    lines: [first, second].map((field) => ({ name: t(`admin.line.${field}`), values: of(field, scale) })),
    show,
  });
  return [
    one('requests', 'requests'),
    one('messages', 'messages'),
    one('deliveries', 'deliveries'),
    two('people', 'logins', 'faults', rate),
    two('sockets', 'sockets', 'gateways', count),
    two('memory', 'heap_bytes', 'rss_bytes', fileSize),
    two('latency', 'write_p50_us', 'write_p99_us', milliseconds, 0.001),
    two('queues', 'writes_waiting', 'events_waiting', count),
    two('trouble', 'gc_ms', 'cuts', count),
  ].map(lineChart);
}

function rate(value) {
  return value >= 10 || value === 0 ? count(value) : value.toFixed(1);
}

function milliseconds(value) {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

function count(value) {
  return Math.round(Number(value)).toLocaleString(language());
}

customElements.define('overview-page', OverviewPage);
