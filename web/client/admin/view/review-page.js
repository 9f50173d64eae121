/// Posts that wait for a decision, or that were reported.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '/app/i18n.js';
import { embeddable, linkable } from '/app/links.js';
import { avatar } from '/app/view/avatar.js';
import { fullName } from '/app/view/handle.js';
import { ListPage } from './list-page.js';
import { dateTime } from './times.js';

const KINDS = { Waiting: 'review', Reported: 'review/reported' };
const REMARK_MAX = 500;

class ReviewPage extends ListPage {
  static properties = { kind: { attribute: false }, reasons: { state: true } };

  #shown = '';

  constructor() {
    super();
    this.reasons = {};
  }

  updated() {
    if (this.#shown && this.#shown !== this.kind) this.refresh();
  }

  refresh() {
    if (this.#shown !== this.kind) this.listing.clear();
    this.#shown = this.kind;
    return super.refresh();
  }

  async read(cursor, num) {
    const { queued, next_cursor: next } = await this.store.moderate('ReviewQueue', { kind: this.kind, cursor, num });
    return { rows: queued, next };
  }

  idOf({ feed }) {
    return feed.id;
  }

  render() {
    return html`
      <nav class="tabs console-tabs" aria-label=${t('admin.review')}>
        ${Object.entries(KINDS).map(([kind, address]) => html`
          <a href="#${address}" data-testid="queue-${kind}" aria-current=${this.kind === kind ? 'page' : nothing}>${t(`admin.queue.${kind}`)}</a>`)}
      </nav>
      ${this.problem()}
      <ul class="cards" aria-live="polite" aria-busy=${this.listing.loading}>${repeat(this.rows, (row) => row.feed.id, (row) => this.#post(row))}</ul>
      ${this.end()}`;
  }

  #post({ feed, reports, deleted }) {
    const author = this.store.directory.user(feed.user_id);
    return html`
      <li class="card" data-testid="post" data-id=${feed.id}>
        <header class="card-head">
          ${avatar(author)}
          <div><b><a href="#accounts/${feed.user_id}">${this.#name(feed.user_id)}</a></b><br><small class="hint">${dateTime(feed.created_at)}</small></div>
          <span class="tag">${t(`admin.state.${feed.review_status}`)}</span>
          ${deleted ? html`<span class="tag warn" data-testid="deleted">${t('admin.post-deleted')}</span>` : nothing}
          ${feed.is_enable === 'NotEnable' ? html`<span class="tag warn">${t('admin.switched-off')}</span>` : nothing}
          ${Number(reports) > 0 ? html`<span class="tag warn">${t('admin.report-count', { n: Number(reports) })}</span>` : nothing}
        </header>
        ${this.#before(feed)}
        <p class="post-text">${feed.content}</p>
        ${this.#media(feed)}
        ${Number(reports) > 0 ? this.#reports(feed) : nothing}
        <form class="judge" @submit=${(event) => event.preventDefault()}>
          <input name="remark" data-testid="remark" maxlength=${REMARK_MAX} aria-label=${t('admin.remark')} placeholder=${t('admin.remark')} autocomplete="off">
          <button class="secondary" type="button" data-testid="pass" @click=${(event) => this.#decide(event, feed, 'ReviewPass')}>${t('admin.pass')}</button>
          <button class="secondary danger" type="button" data-testid="fail" @click=${(event) => this.#decide(event, feed, 'ReviewFail')}>${t('admin.fail')}</button>
          ${this.kind === 'Reported' ? html`
            <button class="secondary" type="button" data-testid="switch" @click=${(event) => this.#switch(event, feed)}>
              ${t(feed.is_enable === 'NotEnable' ? 'admin.switch-on' : 'admin.switch-off')}</button>` : nothing}
        </form>
      </li>`;
  }

  /// What was decided before its author changed it.
  #before(feed) {
    if (feed.review_status !== 'ReviewTo' || feed.operator === '0') return nothing;
    return html`
      <p class="hint" data-testid="changed">${t('admin.post-changed', { name: this.#name(feed.operator) })}
        ${feed.remark ? t('admin.remark-was', { remark: feed.remark }) : nothing}</p>`;
  }

  #name(id) {
    const account = this.store.directory.user(id);
    return account.name ? fullName(account) : id;
  }

  #media(feed) {
    const pictures = (feed.image ?? []).map((image) => image.img_url);
    if (feed.video?.cover_url) pictures.push(feed.video.cover_url);
    const video = feed.video && embeddable(feed.video.video_url);
    return html`
      ${pictures.length > 0 ? html`<div class="post-media">${pictures.map((url) => this.#picture(url))}</div>` : nothing}
      ${video ? html`<video class="post-video" src=${video} controls preload="metadata"></video>` : nothing}
      ${feed.video && !video ? this.#elsewhere(feed.video.video_url) : nothing}`;
  }

  #picture(url) {
    const own = embeddable(url);
    return own ? html`<a href=${own} target="_blank" rel="noopener"><img src=${own} alt=${t('admin.picture')} loading="lazy"></a>` : this.#elsewhere(url);
  }

  /// The policy of the page lets nothing of another server in.
  #elsewhere(url) {
    const href = linkable(url);
    return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${href}</a>` : html`<span>${url}</span>`;
  }

  #reports(feed) {
    const reasons = this.reasons[feed.id];
    if (!reasons) return html`<button class="link-button" type="button" data-testid="reasons" @click=${() => this.#ask(feed)}>${t('admin.show-reasons')}</button>`;
    return html`
      <ul class="reasons" data-testid="reason-list">${reasons.map((report) => html`
        <li><a href="#accounts/${report.user_id}">${this.#name(report.user_id)}</a>: ${report.reason}
          ${report.resolved_at ? html`<span class="tag">${t('admin.reason-resolved')}</span>` : nothing}
          ${report.excerpt && !feed.content.startsWith(report.excerpt) ? html`<blockquote data-testid="said-then">${report.excerpt}</blockquote>` : nothing}</li>`)}</ul>`;
  }

  async #ask(feed) {
    await this.attempt(
      () => this.store.moderate('ListReports', { feed_id: feed.id, num: 50 }),
      ({ report = [] }) => (this.reasons = { ...this.reasons, [feed.id]: report }),
    );
  }

  #judge(event, feed, method, data) {
    const remark = new FormData(event.target.form).get('remark').trim();
    return this.attempt(() => this.store.moderate(method, { feed_id: feed.id, remark, ...data }), () => {
      this.listing.remove(feed.id);
      this.store.count();
    });
  }

  async #decide(event, feed, status) {
    const ok = await this.#judge(event, feed, 'Decide', { review_status: status });
    if (ok) this.store.tell(t(status === 'ReviewPass' ? 'admin.passed' : 'admin.failed'));
  }

  async #switch(event, feed) {
    const off = feed.is_enable !== 'NotEnable';
    const ok = await this.#judge(event, feed, 'SetEnabled', { is_enable: off ? 'NotEnable' : 'Enable' });
    if (ok) this.store.tell(t(off ? 'admin.is-off' : 'admin.is-on'));
  }
}

customElements.define('review-page', ReviewPage);
