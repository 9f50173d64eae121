/// The members of a group and, for those who lead it, the requests to come in and who was invited.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, longDate } from '../format.js';
import { t } from '../i18n.js';
import { timeOf } from '../model/wire.js';
import { ask } from '../view/ask.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { fullName } from '../view/handle.js';
import { personRow } from '../view/pane.js';

const DAY_S = 86_400;
const MUTES = [600, 3600, DAY_S, 7 * DAY_S, 30 * DAY_S];

class GroupMembers extends ParleyElement {
  static properties = { open: { attribute: false } };

  render() {
    const { open } = this;
    // Dissolved: this renders before the page around it.
    if (!open.group) return nothing;
    return html`
      ${open.moderator ? html`${this.#requests(open)} ${this.#invited(open)}` : nothing}
      <h3>${t('group.members', { n: Number(open.group.member_count) })}</h3>
      <ul class="rows" data-testid="members">${repeat(open.members.items, ({ user }) => user.id, (member) => this.#member(open, member))}</ul>
      <list-end .store=${this.store} .listing=${open.members}></list-end>`;
  }

  #requests(open) {
    const { requests } = open;
    return html`
      ${requests.items.length > 0 ? html`<h3>${t('group.requests')}</h3>` : nothing}
      <ul class="rows" data-testid="join-requests">
        ${repeat(requests.items, ({ user }) => user.id, ({ user, note }) => personRow(user, {
          hint: note,
          testid: 'join-request',
          actions: html`
            <button class="plain" type="button" data-testid="refuse" @click=${() => attempt(this.store, () => open.answer(user.id, false))}>${t('people.refuse')}</button>
            <button class="primary small" type="button" data-testid="accept" @click=${() => attempt(this.store, () => open.answer(user.id, true))}>${t('people.accept')}</button>`,
        }))}
      </ul>
      <list-end .store=${this.store} .listing=${requests}></list-end>`;
  }

  #invited(open) {
    const { invited } = open;
    return html`
      ${invited.items.length > 0 ? html`<h3>${t('group.invited')}</h3>` : nothing}
      <ul class="rows" data-testid="invited">
        ${repeat(invited.items, ({ user }) => user.id, ({ user, inviter }) => personRow(user, {
          hint: t('group.asked-by', { name: fullName(inviter) }),
          testid: 'invited-person',
          actions: html`<button class="plain" type="button" data-testid="withdraw" @click=${() => attempt(this.store, () => open.withdraw(user.id))}>${t('people.take-back')}</button>`,
        }))}
      </ul>
      <list-end .store=${this.store} .listing=${invited}></list-end>`;
  }

  #member(open, member) {
    const { user, role, muted_until: mutedUntil } = member;
    const muted = timeOf(mutedUntil) > Date.now();
    return personRow(user, {
      hint: muted ? t('group.muted-until', { time: until(timeOf(mutedUntil)) }) : '',
      testid: 'member',
      actions: html`
        ${role === 'ROLE_MEMBER' ? nothing : html`<span class="chip" data-testid="role">${t(`group.${role}`)}</span>`}
        ${user.id !== this.store.me && open.above(role) ? this.#menu(open, member, muted) : nothing}`,
    });
  }

  #menu(open, { user, role }, muted) {
    const item = (testid, text, act) => html`<button type="button" data-testid=${testid} @click=${act}>${text}</button>`;
    return html`
      <details class="menu">
        <summary class="icon-button small" data-testid="member-menu" aria-label=${t('group.member-menu', { name: user.nickname })}>${icon('more')}</summary>
        <div class="menu-items">
          ${open.owner
            ? role === 'ROLE_ADMIN'
              ? item('demote', t('group.demote'), () => attempt(this.store, () => open.setRole(user.id, 'ROLE_MEMBER')))
              : item('promote', t('group.promote'), () => attempt(this.store, () => open.setRole(user.id, 'ROLE_ADMIN')))
            : nothing}
          ${muted
            ? item('unmute', t('group.unmute'), () => attempt(this.store, () => open.mute(user.id, 0)))
            : item('mute', t('group.mute'), () => this.#mute(open, user))}
          ${open.owner ? item('transfer', t('group.transfer'), () => this.#transfer(open, user)) : nothing}
          ${item('kick', t('group.kick'), () => this.#kick(open, user))}
        </div>
      </details>`;
  }

  async #mute(open, user) {
    const seconds = await ask({
      title: t('group.mute-title', { name: user.nickname }),
      action: t('group.mute'),
      choices: MUTES.map((value) => ({ value: String(value), label: t(`group.mute-${value}`) })),
    });
    if (seconds) await attempt(this.store, () => open.mute(user.id, Number(seconds)));
  }

  async #transfer(open, user) {
    const sure = await ask({ title: t('group.transfer-title', { name: user.nickname }), text: t('group.transfer-text'), action: t('group.transfer'), danger: true });
    if (sure) await attempt(this.store, () => open.transfer(user.id));
  }

  async #kick(open, user) {
    const sure = await ask({ title: t('group.kick-title', { name: user.nickname }), text: t('group.kick-text'), action: t('group.kick'), danger: true });
    if (sure) await attempt(this.store, () => open.remove(user.id));
  }
}

function until(ms) {
  return ms - Date.now() < DAY_S * 1000 ? clock(ms) : longDate(ms);
}

customElements.define('group-members', GroupMembers);
