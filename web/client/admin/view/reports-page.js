/// What accounts reported: accounts, messages and groups here; posts are judged on the review page.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '/app/i18n.js';
import { icon } from '/app/view/icons.js';
import { ListPage } from './list-page.js';
import { kindOf, nameOf, resolve } from './report-acts.js';
import { dateTime } from './times.js';

const POSTS = 10;

class ReportsPage extends ListPage {
  static properties = { posts: { state: true } };

  #all = false;

  constructor() {
    super();
    this.posts = [];
  }

  async refresh() {
    await super.refresh();
    const { queued = [] } = await this.store.moderate('ReviewQueue', { kind: 'Reported', num: POSTS }).catch(() => ({}));
    this.posts = queued;
  }

  async read(cursor, num) {
    const { report, next_cursor: next } = await this.store.admin('ListReports', { all: this.#all, cursor, num });
    return { rows: report, next };
  }

  render() {
    return html`
      <form class="console-filter" @submit=${(event) => event.preventDefault()}>
        <label class="check"><input type="checkbox" data-testid="all-reports" @change=${(event) => this.#show(event.target.checked)}>
          <span>${t('admin.resolved-too')}</span></label>
      </form>
      ${this.problem()}
      <ul class="cards" aria-live="polite" aria-busy=${this.listing.loading}>${repeat(this.rows, (report) => report.id, (report) => this.#report(report))}</ul>
      ${this.end()}
      <h2 class="console-sub">${t('admin.reported-posts')}</h2>
      ${this.posts.length === 0 ? html`<p class="console-empty">${t('admin.none')}</p>` : nothing}
      <ul class="rows">${this.posts.map(({ feed, reports }) => html`
        <li><a class="row" href="#review/reported" data-testid="reported-post">
          <span class="row-main"><b>${feed.content || feed.id}</b><small>${this.#name(feed.user_id)} · ${dateTime(feed.created_at)}</small></span>
          <span class="row-side"><span class="tag warn">${t('admin.report-count', { n: Number(reports) })}</span></span></a></li>`)}</ul>`;
  }

  #report(report) {
    const kind = kindOf(report);
    return html`
      <li class="card" data-testid="report" data-id=${report.id} data-kind=${kind}>
        <header class="card-head">
          <span class="tag">${t(`admin.reported.${kind}`)}</span>
          <div><b>${report.reason}</b><br><small class="hint">${t('admin.reported-by', { name: this.#name(report.reporter_id), at: dateTime(report.created_at) })}</small></div>
        </header>
        ${report.excerpt.trim() ? html`<blockquote>${report.excerpt.trim()}</blockquote>` : nothing}
        <div class="acts">
          <a class="quiet-button" href="#reports/${report.id}" data-testid="to-report">${icon('eye')}<span>${t('admin.look-at')}</span></a>
          <a class="quiet-button" href="#accounts/${report.subject_id}" data-testid="to-subject">${icon('user')}<span>${this.#name(report.subject_id)}</span></a>
          ${kind === 'group' ? html`<a class="quiet-button" href="#groups/${report.target_id}" data-testid="to-group">${icon('people')}<span>${t('admin.to-group')}</span></a>` : nothing}
          ${report.resolved_at
            ? html`<p class="hint">${t('admin.resolved-by', { name: this.#name(report.resolved_by), at: dateTime(report.resolved_at) })} ${report.remark}</p>`
            : html`<button class="secondary" type="button" data-testid="resolve" @click=${() => this.#resolve(report)}>${t('admin.resolve')}</button>`}
        </div>
      </li>`;
  }

  #name(id) {
    return nameOf(this.store, id);
  }

  #show(all) {
    this.#all = all;
    super.refresh();
  }

  async #resolve(report) {
    if (await resolve(this, report)) await super.refresh();
  }
}

customElements.define('reports-page', ReportsPage);
