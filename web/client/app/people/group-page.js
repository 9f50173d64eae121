/// A group: what it says, who is in it, and what this account may do there. `.part` is '' for that, `edit` or `invite`.

import { html, nothing } from 'lit';
import { longDate } from '../format.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { timeOf } from '../model/wire.js';
import { openInviteMaker } from '../invite/invite-maker.js';
import { ask } from '../view/ask.js';
import { attempt } from '../view/attempt.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { emptyNote, paneHead } from '../view/pane.js';
import { report } from '../view/report.js';
import './group-edit.js';
import './group-invite.js';
import { about, joinButton } from './group-list.js';
import './group-members.js';
import { groupsOf } from './groups.js';
import { invitationButtons } from './invitation-buttons.js';
import { policyField } from './policy-field.js';

class GroupPage extends ParleyElement {
  static properties = { groupId: { attribute: false }, part: { attribute: false } };

  render() {
    const open = groupsOf(this.store).get(this.groupId);
    if (!open.group) return this.#missing(open.fault);
    if (this.part === 'edit' && open.moderator) return html`<group-edit .store=${this.store} .open=${open}></group-edit>`;
    if (this.part === 'invite' && open.moderator) return html`<group-invite .store=${this.store} .open=${open}></group-invite>`;
    return html`
      <main class="pane" data-testid="group-page" data-group-id=${this.groupId} data-role=${open.role}>
        ${paneHead(t('group.title'), '#people/groups')}
        <div class="pane-body">
          ${this.#head(open)} ${this.#announcement(open)}
          ${open.moderator ? this.#rules(open) : nothing}
          ${open.member ? html`<group-members .store=${this.store} .open=${open}></group-members>` : nothing}
          ${open.member ? this.#leaving(open) : nothing}
        </div>
      </main>`;
  }

  #missing(fault) {
    return html`
      <main class="pane">
        ${paneHead(t('group.title'), '#people/groups')}
        <div class="pane-body">
          ${fault ? emptyNote('alert', fault) : html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>`}
        </div>
      </main>`;
  }

  #head(open) {
    const { group } = open;
    return html`
      <section class="profile">
        ${avatar({ id: group.id, name: group.name, avatarUrl: group.avatar_url }, true)}
        <h2 data-testid="group-title">${group.name}</h2>
        <p class="hint">${about(group)}</p>
        ${group.introduction ? html`<p class="bio">${group.introduction}</p>` : nothing}
        <div class="profile-actions">
          ${open.member
            ? html`<a class="primary" href="#group:${group.id}" data-testid="open-chat">${icon('chat')}${t('people.message')}</a>`
            : groupsOf(this.store).invitation(group.id) ? invitationButtons(this.store, groupsOf(this.store), group.id)
            : joinButton(this.store, open, group, 'primary')}
          ${open.moderator
            ? html`
              <a class="plain" href="#people/group/${group.id}/invite" data-testid="invite-friends">${icon('person-plus')}${t('group.invite')}</a>
              <button class="plain" type="button" data-testid="invite-by-link" @click=${() => openInviteMaker(this.store, group)}>${icon('link')}${t('invite.by-link')}</button>
              <a class="plain" href="#people/group/${group.id}/edit" data-testid="edit-group">${icon('pencil')}${t('edit')}</a>`
            : nothing}
        </div>
        <p class="hint">${t('group.number', { id: group.id })} · ${t('group.since', { date: longDate(timeOf(group.created_at)) })}</p>
      </section>`;
  }

  #announcement(open) {
    const { announcement, announced_at: at } = open.group;
    if (!announcement && !open.moderator) return nothing;
    return html`
      <section class="panel announcement" data-testid="announcement">
        <h3>${icon('megaphone')}${t('group.announcement')}</h3>
        ${announcement
          ? html`<p class="announcement-text">${announcement}</p><p class="hint">${longDate(timeOf(at))}</p>`
          : html`<p class="hint">${t('group.no-announcement')}</p>`}
        ${open.moderator
          ? html`<button class="quiet-button" type="button" data-testid="announce" @click=${() => this.#announce(open)}>${icon('pencil')}${t('group.announce')}</button>`
          : nothing}
      </section>`;
  }

  #rules(open) {
    return html`
      <section class="panel form" aria-label=${t('group.rules')}>
        ${policyField(open.group.join_policy, (policy) => attempt(this.store, () => open.setPolicy(policy), t('saved')))}
        <label class="switch">
          <span>${t('group.mute-all')}<small>${t('group.mute-all-hint')}</small></span>
          <input type="checkbox" role="switch" data-testid="mute-all" .checked=${open.group.muted}
            @change=${(event) => attempt(this.store, () => open.muteAll(event.target.checked))}>
        </label>
      </section>`;
  }

  #leaving(open) {
    return html`
      <section class="leaving">
        ${open.owner
          ? html`<button class="quiet-button danger" type="button" data-testid="dissolve" @click=${() => this.#dissolve(open)}>${icon('trash')}${t('group.dissolve')}</button>`
          : html`<button class="quiet-button danger" type="button" data-testid="leave" @click=${() => this.#leave(open)}>${icon('exit')}${t('group.leave')}</button>`}
        ${open.owner ? nothing : html`<button class="quiet-button danger" type="button" data-testid="report-group" @click=${() => report(this.store, 'GROUP', open.group.id)}>${icon('flag')}${t('report')}</button>`}
      </section>`;
  }

  async #announce(open) {
    const text = await ask({
      title: t('group.announcement'),
      text: t('group.announce-hint'),
      action: t('save'),
      field: { label: t('group.announcement'), value: open.group.announcement, max: FIXED.announcementChars, lines: 5 },
    });
    if (text !== null) await attempt(this.store, () => open.announce(text.trim()));
  }

  async #leave(open) {
    const sure = await ask({ title: t('group.leave-title', { name: open.group.name }), text: t('group.leave-text'), action: t('group.leave'), danger: true });
    if (sure && (await attempt(this.store, () => open.leave(), t('group.left')))) location.hash = 'people/groups';
  }

  async #dissolve(open) {
    const sure = await ask({ title: t('group.dissolve-title', { name: open.group.name }), text: t('group.dissolve-text'), action: t('group.dissolve'), danger: true });
    if (sure && (await attempt(this.store, () => open.dissolve(), t('group.dissolved')))) location.hash = 'people/groups';
  }
}

customElements.define('group-page', GroupPage);
