/// What an account did and what was said against it: reports, groups, posts; the newest of each, with links.

import { html, nothing } from 'lit';
import { t } from '/app/i18n.js';
import { PageElement } from './page-element.js';
import { kindOf } from './report-acts.js';
import { dateTime } from './times.js';

const ROWS = 20;

class AccountActivity extends PageElement {
  static properties = { account: { attribute: false }, seen: { state: true } };

  #asked = '';

  constructor() {
    super();
    this.seen = null;
  }

  updated() {
    if (this.#asked && this.#asked !== this.account) this.refresh();
  }

  refresh() {
    const id = this.account;
    this.#asked = id;
    this.seen = null;
    return this.attempt(
      () => Promise.all([
        this.store.admin('ListReports', { all: true, subject_id: id, num: ROWS }),
        this.store.admin('ListReports', { all: true, reporter_id: id, num: ROWS }),
        this.store.admin('ListAccountGroups', { id, page_size: ROWS }),
        this.store.moderate('ListFeedsOf', { user_id: id, num: ROWS }),
      ]),
      ([received, made, groups, feeds]) => (this.seen = {
        received: received.report ?? [], made: made.report ?? [], groups: groups.group ?? [], feeds: feeds.feed ?? [],
      }),
    );
  }

  render() {
    if (!this.seen) return this.problem();
    const { received, made, groups, feeds } = this.seen;
    return html`
      ${this.#part('reports-received', received, (report) => this.#report(report))}
      ${this.#part('reports-made', made, (report) => this.#report(report))}
      ${this.#part('groups-of', groups, (group) => this.#row(`#groups/${group.id}`, group.name, dateTime(group.created_at)))}
      ${this.#part('posts-of', feeds, (feed) => this.#post(feed))}`;
  }

  #part(name, rows, row) {
    return html`
      <section class="card" data-testid=${name}>
        <h2>${t(`admin.${name}`)}</h2>
        ${rows.length === 0 ? html`<p class="hint">${t('admin.none')}</p>` : nothing}
        <ul class="rows bare">${rows.map(row)}</ul>
      </section>`;
  }

  #row(href, title, about, tag = '') {
    const main = html`<span class="row-main"><b>${title}</b><small>${about}</small></span>${tag ? html`<span class="row-side"><span class="tag">${tag}</span></span>` : nothing}`;
    return html`<li>${href ? html`<a class="row" href=${href}>${main}</a>` : html`<div class="row">${main}</div>`}</li>`;
  }

  #report(report) {
    const about = `${t(`admin.reported.${kindOf(report)}`)} · ${dateTime(report.created_at)}`;
    return this.#row(`#reports/${report.id}`, report.reason, about, report.resolved_at ? '' : t('admin.open'));
  }

  #post(feed) {
    const off = feed.is_enable === 'NotEnable';
    return this.#row('', feed.content || feed.id, dateTime(feed.created_at), off ? t('admin.switched-off') : t(`admin.state.${feed.review_status}`));
  }
}

customElements.define('account-activity', AccountActivity);
