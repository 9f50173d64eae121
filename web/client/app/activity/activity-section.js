/// Activity: what others did that concerns this account, newest first; requests are answered here.

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ago } from '../format.js';
import { t } from '../i18n.js';
import { activityOf, keyOfEntry } from '../model/activity.js';
import { friendsOf } from '../people/friends.js';
import { groupsOf } from '../people/groups.js';
import { invitationButtons } from '../people/invitation-buttons.js';
import { attempt } from '../view/attempt.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { emptyNote } from '../view/pane.js';
import { sentence, wayOf } from './sentences.js';

const SHAPES = {
  liked: 'heart',
  commented: 'comment',
  answered: 'reply',
  followed: 'star',
  'friend-request': 'person-plus',
  'friend-accepted': 'person',
  'report-answered': 'flag',
  'post-left': 'shield',
  'post-taken-down': 'shield',
};

class ActivitySection extends ParleyElement {
  static properties = { path: { attribute: false } };

  #unwatch = null;
  #watched = null;
  #sight = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#sight);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#sight);
    this.#unwatch?.();
    this.#watched = null;
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (this.store === this.#watched) return;
    this.#watched = this.store;
    this.#unwatch = activityOf(this.store).watch();
  }

  updated() {
    if (document.visibilityState === 'visible') activityOf(this.store).look();
  }

  render() {
    const { list } = activityOf(this.store);
    return html`
      <main class="pane" data-testid="activity">
        <header class="pane-head"><h1>${t('activity.title')}</h1></header>
        <div class="pane-body">
          <ul class="rows" data-testid="activity-list">${repeat(list.items, keyOfEntry, (entry) => this.#row(entry))}</ul>
          <list-end .store=${this.store} .listing=${list} .empty=${emptyNote('bell', t('activity.none'), t('activity.none-hint'))}></list-end>
        </div>
      </main>`;
  }

  #row(entry) {
    const isNew = activityOf(this.store).isNew(entry);
    const way = wayOf(entry);
    const inside = this.#inside(entry, isNew);
    return html`
      <li class="row activity-row" data-testid="activity-entry" data-kind=${entry.kind} data-new=${isNew}>
        ${way ? html`<a class="row-link" href=${way}>${inside}</a>` : html`<span class="row-link">${inside}</span>`}
        ${this.#answers(entry)}
      </li>`;
  }

  #inside(entry, isNew) {
    const { directory } = this.store;
    const group = entry.group ? directory.group(entry.group) : null;
    return html`
      ${this.#picture(entry, group)}
      <span class="row-text wrapped">
        <span>${sentence(entry, (id) => directory.user(id).name, group?.name)}</span>
        ${entry.excerpt ? html`<q class="activity-said" dir="auto">${entry.excerpt}</q>` : nothing}
        <small>${ago(entry.at)}</small>
      </span>
      ${isNew ? html`<span class="new-dot" role="img" aria-label=${t('activity.new')}></span>` : nothing}`;
  }

  /// Who acted last, or the group, with a sign of what happened.
  #picture({ kind, users }, group) {
    const face = users[0] ? avatar(this.store.directory.user(users[0])) : nothing;
    const shape = SHAPES[kind] ?? 'people';
    if (face === nothing && !group) return html`<span class="device-icon">${icon(shape)}</span>`;
    return html`
      <span class="portrait">${face === nothing ? avatar(group, true) : face}<span class="activity-sign">${icon(shape)}</span></span>`;
  }

  #answers({ kind, users, group }) {
    if (kind === 'friend-request' && users[0]) return this.#request(users[0]);
    if (kind !== 'group-invited') return nothing;
    return html`<span class="row-actions">${invitationButtons(this.store, groupsOf(this.store), group)}</span>`;
  }

  #request(user) {
    const friends = friendsOf(this.store);
    return html`
      <span class="row-actions">
        <button class="plain" type="button" data-testid="refuse" @click=${() => attempt(this.store, () => friends.refuse(user))}>${t('people.refuse')}</button>
        <button class="primary small" type="button" data-testid="accept" @click=${() => attempt(this.store, () => friends.accept(user))}>${t('people.accept')}</button>
      </span>`;
  }
}

customElements.define('activity-section', ActivitySection);
