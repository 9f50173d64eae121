/// The servers that share the records: what they carry together, then each with what it last told of itself. Asks every
/// five seconds.

import { html } from 'lit';
import { fileSize, span } from '/app/format.js';
import { language, t } from '/app/i18n.js';
import { dateTime, exactTime } from './times.js';
import { WatchingPage } from './watching-page.js';

/// What a server tells that adds up, by the names of its fields.
const SUMS = ['sockets', 'accounts', 'messages', 'writes_waiting', 'events_waiting'];

class ServersPage extends WatchingPage {
  async look() {
    const { server = [] } = await this.store.admin('ListServers');
    return server;
  }

  render() {
    if (!this.seen) return html`${this.problem()}${this.empty(null)}`;
    const alive = this.seen.filter((each) => each.alive);
    return html`
      ${this.problem()}
      <ul class="tiles" data-testid="totals">
        ${tile(t('admin.servers-alive'), t('admin.of', { part: count(alive.length), whole: count(this.seen.length) }))}
        ${SUMS.map((name) => tile(t(`admin.server.${name}`), rate(sum(alive, name))))}
      </ul>
      <table class="servers" aria-label=${t('admin.servers')}>
        <thead><tr>
          <th scope="col">${t('admin.server')}</th>
          <th scope="col">${t('admin.server.state')}</th>
          ${COLUMNS.map(([name]) => html`<th scope="col" class="figure">${t(`admin.server.${name}`)}</th>`)}
        </tr></thead>
        <tbody>${this.seen.map(row)}</tbody>
      </table>
      <p class="hint">${t('admin.servers-hint')}</p>`;
  }
}

/// The columns of figures: name, and what stands there for a server; '' where it did not tell.
const COLUMNS = [
  ...['sockets', 'accounts', 'messages'].map((name) => [name, (server) => known(server[name], rate)]),
  ['waiting', ({ writes_waiting: writes, events_waiting: events }) => both(known(writes, count), known(events, count), (all) => all.join(' · '))],
  ['heap', ({ heap_bytes: used, heap_max_bytes: most }) => both(known(used, fileSize), known(most, fileSize), ([part, whole]) => t('admin.of', { part, whole }))],
  ['processor', ({ processor }) => known(processor, percent)],
  ['disk', ({ disk_free_bytes: free }) => known(free, fileSize)],
];

function tile(name, value) {
  return html`<li><small>${name}</small><b>${value}</b></li>`;
}

function row(server) {
  return html`
    <tr data-testid="server" data-number=${server.number} data-state=${stateOf(server)}>
      <th scope="row"><b>${server.address}</b>
        <small>${t('admin.server-about', { number: server.number, version: server.version, since: dateTime(server.started_at) })}</small></th>
      <td data-label=${t('admin.server.state')}>${state(server)}</td>
      ${COLUMNS.map(([name, show]) => html`
        <td class="figure" data-label=${t(`admin.server.${name}`)}>${show(server) || html`<span class="unknown">${t('admin.unknown')}</span>`}</td>`)}
    </tr>`;
}

function stateOf({ alive, current }) {
  if (!alive) return 'dead';
  return current === false ? 'behind' : 'alive';
}

function state(server) {
  switch (stateOf(server)) {
    case 'dead':
      return html`<span class="tag danger">${t('admin.server-dead')}</span>
        <small>${t('admin.server-heard', { at: exactTime(server.heard_at), ago: span(whole(Number(server.silent_ms) / 1000)) })}</small>`;
    case 'behind':
      return html`<span class="tag warn">${t('admin.server-behind')}</span>`;
    default:
      return html`<span class="tag">${t('admin.server-alive')}</span>`;
  }
}

/// Seconds, whole minutes of them where it is more than two.
function whole(seconds) {
  return seconds < 120 ? Math.round(seconds) : Math.floor(seconds / 60) * 60;
}

function sum(servers, name) {
  return servers.reduce((all, each) => all + Number(each[name] ?? 0), 0);
}

function known(value, show) {
  return value === undefined || value === null ? '' : show(Number(value));
}

/// `join` of two texts; '' if one is not known.
function both(first, second, join) {
  return first && second ? join([first, second]) : '';
}

function rate(value) {
  return value >= 10 || Number.isInteger(value) ? count(value) : value.toFixed(1);
}

function count(value) {
  return Math.round(Number(value)).toLocaleString(language());
}

function percent(value) {
  return Number(value).toLocaleString(language(), { style: 'percent' });
}

customElements.define('servers-page', ServersPage);
