/// Partner apps: those of the configuration, and those added here.

import { html, nothing } from 'lit';
import { t } from '/app/i18n.js';
import { PageElement } from './page-element.js';
import { dateTime } from './times.js';

const FIELDS = ['services', 'allow_ips', 'deny_ips'];

class AppsPanel extends PageElement {
  static properties = { rows: { state: true } };

  constructor() {
    super();
    this.rows = null;
  }

  refresh() {
    return this.attempt(() => this.store.admin('ListApps'), ({ app = [] }) => (this.rows = app));
  }

  render() {
    return html`
      <section class="card">
        <h2>${t('admin.apps')}</h2>
        <p class="hint">${t('admin.apps-hint')}</p>
        ${this.problem()}
        <ul class="rows bare" aria-live="polite">${(this.rows ?? []).map((app) => this.#row(app))}</ul>
        ${this.empty(this.rows)}
        <form class="adding" @submit=${(event) => this.#add(event)}>
          <h3>${t('admin.app-new')}</h3>
          <label for="app-id">${t('admin.app-id')}</label>
          <input id="app-id" name="id" data-testid="app-id" required maxlength="30" pattern="[!-~]+" autocomplete="off" spellcheck="false">
          ${FIELDS.map((field) => html`
            <label for="app-${field}">${t(`admin.app-${field}`)}</label>
            <input id="app-${field}" name=${field} maxlength="2000" autocomplete="off" spellcheck="false" placeholder=${t(`admin.app-${field}-none`)}>`)}
          <label class="check"><input type="checkbox" name="unsigned" value="yes"><span>${t('admin.app-unsigned')}</span></label>
          <button class="primary" type="submit" data-testid="add-app" ?disabled=${this.busy}>${t('admin.add')}</button>
        </form>
      </section>`;
  }

  #row(app) {
    const services = app.services.includes('*') ? t('admin.all-services') : app.services.join(', ');
    return html`
      <li class="row" data-testid="app" data-id=${app.id}>
        <span class="row-main"><b>${app.id}</b>
          <small>${services} · ${app.configured ? t('admin.configured') : t('admin.made-at', { at: dateTime(app.created_at) })}</small></span>
        <span class="row-side">
          ${app.unsigned ? html`<span class="tag warn">${t('admin.app-unsigned-tag')}</span>` : nothing}
          ${app.enabled ? nothing : html`<span class="tag warn">${t('admin.switched-off')}</span>`}
          ${app.configured ? nothing : html`
            <button class="quiet-button" type="button" data-testid="toggle-app" @click=${() => this.#toggle(app)}>${t(app.enabled ? 'admin.switch-off' : 'admin.switch-on')}</button>
            <button class="quiet-button" type="button" data-testid="remove-app" @click=${() => this.#remove(app)}>${t('admin.remove')}</button>`}
        </span>
      </li>`;
  }

  async #add(event) {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form);
    const words = (field) => data.get(field).split(/[\s,]+/).filter(Boolean);
    const app = { id: data.get('id'), unsigned: data.has('unsigned') };
    for (const field of FIELDS) app[field] = words(field);
    let code = '';
    const ok = await this.attempt(() => this.store.admin('AddApp', app), (added) => (code = added.security_code));
    if (!ok) return;
    form.reset();
    if (code) await document.querySelector('ask-dialog').show({ title: t('admin.app-done', { name: app.id }), text: t('admin.shown-once'), secret: code });
    await this.refresh();
  }

  async #toggle(app) {
    if (await this.attempt(() => this.store.admin('SetAppEnabled', { id: app.id, enabled: !app.enabled }))) await this.refresh();
  }

  async #remove(app) {
    const answer = await this.ask({ title: t('admin.remove-app-ask', { name: app.id }), text: t('admin.remove-app-hint'), action: t('admin.remove'), danger: true });
    if (!answer) return;
    if (await this.attempt(() => this.store.admin('RemoveApp', { id: app.id }))) await this.refresh();
  }
}

customElements.define('apps-panel', AppsPanel);
