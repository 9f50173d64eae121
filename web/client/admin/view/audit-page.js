/// What operators did.

import { html, nothing } from 'lit';
import { known, t } from '/app/i18n.js';
import { fullName } from '/app/view/handle.js';
import { ListPage } from './list-page.js';
import { exactTime } from './times.js';

const ACTS = ['account', 'group', 'feed', 'comment', 'report', 'app', 'token', 'export'];

class AuditPage extends ListPage {
  static properties = { target: { attribute: false } };

  #filter = {};
  #shown = null;

  updated() {
    if (this.#shown !== null && this.#shown !== this.target) this.refresh();
  }

  refresh() {
    this.#shown = this.target;
    this.#filter = { target: this.target };
    return super.refresh();
  }

  async read(cursor, num) {
    const { entry, next_cursor: next } = await this.store.admin('ListAudit', { ...this.#filter, cursor, num });
    return { rows: entry, next };
  }

  render() {
    return html`
      <form class="console-filter audit-filter" data-testid="audit-filter" @submit=${(event) => this.#apply(event)}>
        <label>${t('admin.audit-act')}
          <select name="act" data-testid="audit-act">
            <option value="">${t('admin.any')}</option>
            ${ACTS.map((act) => html`<option value=${act}>${t(`admin.acts.${act}`)}</option>`)}
          </select></label>
        <label>${t('admin.audit-target')}<input name="target" data-testid="audit-target" maxlength="100" .value=${this.target} placeholder="account 12" autocomplete="off"></label>
        <label>${t('admin.audit-operator')}<input name="operator_id" inputmode="numeric" pattern="[0-9]*" maxlength="19" autocomplete="off"></label>
        <label>${t('admin.audit-from')}<input type="datetime-local" name="from"></label>
        <label>${t('admin.audit-until')}<input type="datetime-local" name="until"></label>
        <button class="secondary" type="submit" data-testid="audit-apply">${t('admin.apply')}</button>
      </form>
      <ul class="audit" aria-live="polite" aria-busy=${this.listing.loading}>${this.rows.map((entry) => this.#entry(entry))}</ul>
      ${this.end()}`;
  }

  #entry(entry) {
    const [kind, id] = entry.target.split(' ');
    const page = { account: 'accounts', group: 'groups' }[kind];
    return html`
      <li data-testid="entry" data-act=${entry.act} data-target=${entry.target}>
        <time datetime=${entry.at}>${exactTime(entry.at)}</time>
        <span><b>${this.#operator(entry)}</b>
          ${known(`admin.act.${entry.act}`) ? t(`admin.act.${entry.act}`) : entry.act}
          ${page ? html`<a href="#${page}/${id}">${entry.target}</a>` : kind === 'export' ? id : entry.target}</span>
        <small>${entry.details}${entry.details && entry.address ? ' · ' : nothing}${entry.address}</small>
      </li>`;
  }

  #operator({ operator_id: id, operator, address }) {
    const account = id === '0' ? null : this.store.directory.user(id);
    return account?.name ? fullName(account) : operator || t(address ? 'admin.a-program' : 'admin.command-line');
  }

  #apply(event) {
    event.preventDefault();
    const data = new FormData(event.target);
    const filter = { act: data.get('act'), target: data.get('target').trim() };
    if (data.get('operator_id')) filter.operator_id = data.get('operator_id');
    for (const name of ['from', 'until']) if (data.get(name)) filter[name] = new Date(data.get(name)).toISOString();
    this.#filter = filter;
    super.refresh();
  }
}

customElements.define('audit-page', AuditPage);
