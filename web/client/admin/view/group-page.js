/// One group: its members, and its end.

import { html, nothing } from 'lit';
import { t } from '/app/i18n.js';
import { byPages, Listing } from '/app/model/listing.js';
import { avatar } from '/app/view/avatar.js';
import { fullName, handleOf } from '/app/view/handle.js';
import { icon } from '/app/view/icons.js';
import '/app/view/list-end.js';
import { PageElement } from './page-element.js';
import { dateTime } from './times.js';

class GroupPage extends PageElement {
  static properties = { group: { attribute: false }, seen: { state: true }, total: { state: true } };

  constructor() {
    super();
    this.seen = null;
    this.members = new Listing(byPages((page, size) => this.#read(page, size)), () => this.requestUpdate(), ({ user }) => user.id);
    this.total = 0;
  }

  refresh() {
    this.members.again();
    return this.attempt(() => this.store.admin('GetGroup', { id: this.group }), (seen) => (this.seen = seen));
  }

  async #read(page, size) {
    const { member, pager } = await this.store.admin('ListGroupMembers', { group_id: this.group, page, page_size: size });
    this.total = Number(pager.total_rows);
    return { rows: member, pager };
  }

  render() {
    return html`
      <p><a class="back-link" href="#groups">${icon('back')}<span>${t('admin.all-groups')}</span></a></p>
      ${this.problem()}
      ${this.seen ? this.#card() : this.fault ? nothing : this.empty(null)}`;
  }

  #card() {
    const { group, owner } = this.seen;
    return html`
      <section class="card" data-testid="group-card">
        <header class="card-head">
          ${avatar({ id: group.id, name: group.name, avatarUrl: group.avatar_url }, true)}
          <div><h2>${group.name}</h2><small class="hint">${group.id}</small></div>
        </header>
        <dl class="facts">
          <div><dt>${t('admin.owner')}</dt><dd><a href="#accounts/${group.user_id}">${owner?.nickname ? fullName(owner) : group.user_id}</a></dd></div>
          <div><dt>${t('admin.joining')}</dt><dd>${t(`admin.join.${group.join_policy}`)}</dd></div>
          <div><dt>${t('admin.created')}</dt><dd>${dateTime(group.created_at)}</dd></div>
          ${group.introduction ? html`<div><dt>${t('admin.introduction')}</dt><dd>${group.introduction}</dd></div>` : nothing}
          ${group.announcement ? html`<div><dt>${t('admin.announcement')}</dt><dd>${group.announcement}</dd></div>` : nothing}
        </dl>
        <div class="acts">
          <button class="secondary danger" type="button" data-testid="dissolve" @click=${() => this.#dissolve()}>${t('admin.dissolve')}</button>
          <a class="quiet-button" href="#audit/${encodeURIComponent(`group ${group.id}`)}">${icon('list')}<span>${t('admin.audit-of')}</span></a>
        </div>
      </section>
      <section class="card">
        <h2>${t('admin.members', { n: this.total })}</h2>
        <ul class="rows bare">${this.members.items.map((member) => this.#member(member))}</ul>
        <list-end .store=${this.store} .listing=${this.members}></list-end>
      </section>`;
  }

  #member({ user, role, joined_at: joined }) {
    return html`
      <li class="row" data-testid="member" data-id=${user.id}>
        ${avatar({ id: user.id, name: user.nickname, avatarUrl: user.avatar_url })}
        <span class="row-main"><b><a href="#accounts/${user.id}">${user.nickname}</a> ${handleOf(user)}</b><small>${t(`admin.role.${role}`)} · ${dateTime(joined)}</small></span>
        ${role === 'ROLE_OWNER' ? nothing : html`
          <button class="quiet-button" type="button" data-testid="remove-member" @click=${() => this.#remove(user)}>${t('admin.remove')}</button>`}
      </li>`;
  }

  async #remove(user) {
    const answer = await this.ask({ title: t('admin.remove-ask', { name: user.nickname }), action: t('admin.remove'), danger: true, reason: 'optional' });
    if (!answer) return;
    const data = { group_id: this.group, user_id: user.id, reason: answer.reason };
    if (!(await this.attempt(() => this.store.admin('RemoveMember', data)))) return;
    this.store.tell(t('admin.remove-done', { name: user.nickname }));
    await this.refresh();
  }

  async #dissolve() {
    const { name } = this.seen.group;
    const answer = await this.ask({ title: t('admin.dissolve-ask', { name }), text: t('admin.dissolve-hint'), action: t('admin.dissolve'), danger: true, reason: 'required' });
    if (!answer) return;
    if (!(await this.attempt(() => this.store.admin('DissolveGroup', { id: this.group, reason: answer.reason })))) return;
    this.store.tell(t('admin.dissolve-done', { name }));
    location.hash = 'groups';
  }
}

customElements.define('group-page', GroupPage);
