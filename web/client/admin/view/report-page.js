/// One report: what was said around it, and what can be done.

import { html, nothing } from 'lit';
import { t } from '/app/i18n.js';
import { icon } from '/app/view/icons.js';
import { PageElement } from './page-element.js';
import { kindOf, nameOf, resolve } from './report-acts.js';
import { dateTime } from './times.js';

const MUTE_SECONDS = 7 * 24 * 3600;

class ReportPage extends PageElement {
  static properties = { report: { attribute: false }, seen: { state: true } };

  constructor() {
    super();
    this.seen = null;
  }

  updated(changed) {
    if (changed.has('report') && this.seen && this.seen.report.id !== this.report) {
      this.seen = null;
      this.refresh();
    }
  }

  refresh() {
    return this.attempt(() => this.store.admin('GetReport', { id: this.report }), (seen) => (this.seen = seen));
  }

  render() {
    return html`
      <p><a class="back-link" href="#reports">${icon('back')}<span>${t('admin.all-reports')}</span></a></p>
      ${this.problem()}
      ${this.seen ? this.#card() : this.fault ? nothing : this.empty(null)}`;
  }

  #card() {
    const { report, context = [], recalled } = this.seen;
    const kind = kindOf(report);
    const open = !report.resolved_at;
    return html`
      <section class="card" data-testid="report-card" data-open=${open}>
        <header class="card-head">
          <span class="tag">${t(`admin.reported.${kind}`)}</span>
          <div><h2>${report.reason}</h2>
            <small class="hint">${t('admin.reported-by', { name: this.#name(report.reporter_id), at: dateTime(report.created_at) })}</small></div>
          ${recalled ? html`<span class="tag warn" data-testid="recalled">${t('admin.recalled')}</span>` : nothing}
        </header>
        ${context.length > 0 ? this.#context(report, context) : this.#excerpt(report)}
        <div class="acts">
          <a class="quiet-button" href="#accounts/${report.subject_id}" data-testid="to-subject">${icon('user')}<span>${this.#name(report.subject_id)}</span></a>
          <a class="quiet-button" href="#accounts/${report.reporter_id}" data-testid="to-reporter">${icon('flag')}<span>${this.#name(report.reporter_id)}</span></a>
          ${report.group_id === '0' ? nothing : html`<a class="quiet-button" href="#groups/${report.group_id}" data-testid="to-group">${icon('people')}<span>${t('admin.to-group')}</span></a>`}
        </div>
        <div class="acts">
          ${kind === 'message' && !recalled ? this.#button('recall', 'admin.recall', () => this.#recall(), true) : nothing}
          ${kind === 'message' && report.group_id !== '0' ? this.#button('mute', 'admin.mute', () => this.#mute(), true) : nothing}
          ${kind === 'group' ? this.#button('dissolve', 'admin.dissolve', () => this.#dissolve(), true) : this.#button('disable', 'admin.disable', () => this.#disable(), true)}
          ${open ? this.#button('resolve', 'admin.resolve', () => this.#resolve(), false) : nothing}
        </div>
        ${open ? nothing : this.#resolution(report)}
      </section>`;
  }

  #button(testid, text, act, danger) {
    return html`<button class="secondary ${danger ? 'danger' : ''}" type="button" data-testid=${testid} @click=${act}>${t(text)}</button>`;
  }

  #excerpt({ excerpt }) {
    return excerpt.trim() ? html`<blockquote>${excerpt.trim()}</blockquote>` : nothing;
  }

  #context(report, lines) {
    return html`
      <h3 class="console-sub">${t('admin.context')}</h3>
      <ol class="context" data-testid="context">${lines.map((line) => html`
        <li data-testid="line" aria-current=${line.message_id === report.target_id ? 'true' : nothing}>
          <small class="hint"><a href="#accounts/${line.sender_id}">${this.#name(line.sender_id)}</a> · ${dateTime(line.sent_at)}</small>
          <p dir="auto">${line.excerpt || html`<em>${t('admin.no-text')}</em>`}</p>
        </li>`)}</ol>`;
  }

  #resolution({ resolved_by: by, resolved_at: at, remark, answer }) {
    return html`
      <p class="hint" data-testid="resolution">${t('admin.resolved-by', { name: this.#name(by), at: dateTime(at) })} ${remark}</p>
      ${answer ? html`<p class="hint">${t('admin.answered', { answer })}</p>` : nothing}`;
  }

  #name(id) {
    return nameOf(this.store, id);
  }

  async #do(question, act, done) {
    const answer = await this.ask({ danger: true, ...question });
    if (!answer) return;
    if (!(await this.attempt(() => act(answer.reason)))) return;
    this.store.tell(t(done, { name: this.#name(this.seen.report.subject_id) }));
    await this.refresh();
  }

  #recall() {
    const { id } = this.seen.report;
    const question = { title: t('admin.recall-ask'), text: t('admin.recall-hint'), action: t('admin.recall'), reason: 'optional' };
    return this.#do(question, (reason) => this.store.admin('RecallReported', { id, reason }), 'admin.recall-done');
  }

  #mute() {
    const { subject_id: account, group_id: group } = this.seen.report;
    const question = { title: t('admin.mute-ask', { name: this.#name(account) }), action: t('admin.mute'), reason: 'optional' };
    const data = { group_id: group, user_id: account, seconds: MUTE_SECONDS };
    return this.#do(question, (reason) => this.store.admin('MuteMember', { ...data, reason }), 'admin.mute-done');
  }

  #disable() {
    const { subject_id: id } = this.seen.report;
    const name = this.#name(id);
    const question = { title: t('admin.disable-ask', { name }), text: t('admin.disable-hint'), action: t('admin.disable'), reason: 'required' };
    return this.#do(question, (reason) => this.store.admin('DisableAccount', { id, reason }), 'admin.disable-done');
  }

  #dissolve() {
    const { target_id: id, excerpt } = this.seen.report;
    const name = excerpt.split('\n')[0];
    const question = { title: t('admin.dissolve-ask', { name }), text: t('admin.dissolve-hint'), action: t('admin.dissolve'), reason: 'required' };
    return this.#do(question, (reason) => this.store.admin('DissolveGroup', { id, reason }), 'admin.dissolve-reported');
  }

  async #resolve() {
    if (await resolve(this, this.seen.report)) await this.refresh();
  }
}

customElements.define('report-page', ReportPage);
