/// Requests to be friends and invitations into groups that wait for this account, and the requests that it made.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { shortTime } from '../format.js';
import { t } from '../i18n.js';
import { timeOf } from '../model/wire.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import '../view/list-end.js';
import { fullName } from '../view/handle.js';
import { emptyNote, groupRow, paneHead, personRow } from '../view/pane.js';
import { friendsOf } from './friends.js';
import { groupsOf } from './groups.js';
import { invitationButtons } from './invitation-buttons.js';

class RequestsPane extends ParleyElement {
  render() {
    const friends = friendsOf(this.store);
    const groups = groupsOf(this.store);
    const invited = groups.invitations.items.length > 0 || groups.asked.length > 0;
    return html`
      <main class="pane">
        ${paneHead(t('people.requests'), '#people')}
        <div class="pane-body" aria-live="polite">
          ${groups.invitations.items.length > 0 ? html`<h3>${t('people.invitations')}</h3>` : nothing}
          <ul class="rows" data-testid="invitations">
            ${repeat(groups.invitations.items, ({ group }) => group.id, (invitation) => this.#invitation(groups, invitation))}
          </ul>
          <list-end .store=${this.store} .listing=${groups.invitations}></list-end>
          ${this.#asked(groups)}
          ${invited && friends.incoming.items.length === 0 ? nothing : html`<h3>${t('people.incoming')}</h3>`}
          <ul class="rows" data-testid="incoming">
            ${repeat(friends.incoming.items, ({ user }) => user.id, (request) => this.#incoming(friends, request))}
          </ul>
          <list-end .store=${this.store} .listing=${friends.incoming} .empty=${invited ? nothing : emptyNote('bell', t('people.no-requests'), t('people.no-requests-hint'))}></list-end>
          <h3>${t('people.outgoing')}</h3>
          <ul class="rows" data-testid="outgoing">
            ${repeat(friends.outgoing.items, ({ user }) => user.id, (request) => this.#outgoing(friends, request))}
          </ul>
          <list-end .store=${this.store} .listing=${friends.outgoing} .empty=${html`<p class="hint">${t('people.no-outgoing')}</p>`}></list-end>
        </div>
      </main>`;
  }

  #incoming(friends, { user, note, created_at: at }) {
    return personRow(user, {
      hint: note || shortTime(timeOf(at)),
      testid: 'request',
      actions: html`
        <button class="plain" type="button" data-testid="refuse" @click=${() => attempt(this.store, () => friends.refuse(user.id))}>${t('people.refuse')}</button>
        <button class="primary small" type="button" data-testid="accept" @click=${() => attempt(this.store, () => friends.accept(user.id))}>${t('people.accept')}</button>`,
    });
  }

  /// Each leads to its group, where they are answered.
  #asked(groups) {
    if (groups.asked.length === 0) return nothing;
    return html`
      <h3>${t('group.requests')}</h3>
      <ul class="rows" data-testid="asked-groups">
        ${repeat(groups.asked, ({ id }) => id, (group) =>
          groupRow(group, { hint: t('group.want-in', { n: Number(group.requests) }), testid: 'asked-group' }))}
      </ul>`;
  }

  #invitation(groups, { group, inviter }) {
    return groupRow(group, {
      hint: html`<span class="whole">${t('group.invited-by', { name: fullName(inviter) })}</span>`,
      testid: 'invitation',
      actions: invitationButtons(this.store, groups, group.id),
    });
  }

  #outgoing(friends, { user, note, created_at: at }) {
    return personRow(user, {
      hint: note || shortTime(timeOf(at)),
      testid: 'own-request',
      actions: html`<button class="plain" type="button" data-testid="take-back" @click=${() => attempt(this.store, () => friends.remove(user.id))}>${t('people.take-back')}</button>`,
    });
  }
}

customElements.define('requests-pane', RequestsPane);
