/// The groups of the account; with `.discover`, those that may be found and joined.

import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { ask } from '../view/ask.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import '../view/list-end.js';
import { emptyNote, groupRow, paneHead } from '../view/pane.js';
import { groupsOf } from './groups.js';

const SEARCH_PAUSE_MS = 250;

class GroupList extends ParleyElement {
  static properties = { discover: { attribute: false } };

  #timer = 0;

  render() {
    return this.discover ? this.#found(groupsOf(this.store)) : this.#mine(groupsOf(this.store));
  }

  #mine(groups) {
    const create = html`<a class="icon-button accent" href="#people/new-group" data-testid="new-group" aria-label=${t('group.new')} title=${t('group.new')}>${icon('plus')}</a>`;
    return html`
      <main class="pane">
        ${paneHead(t('people.groups'), '#people', create)}
        <div class="pane-body">
          <ul class="rows" data-testid="my-groups">
            ${repeat(groups.mine.items, ({ id }) => id, (group) => groupRow(group, { hint: about(group) }))}
          </ul>
          <list-end .store=${this.store} .listing=${groups.mine} .empty=${emptyNote('people', t('group.none'), t('group.none-hint'),
            html`<a class="primary" href="#people/new-group">${t('group.new')}</a>`)}></list-end>
        </div>
      </main>`;
  }

  #found(groups) {
    return html`
      <main class="pane">
        ${paneHead(t('people.discover'), '#people')}
        <div class="pane-body">
          <label class="search">${icon('search')}
            <input type="text" role="searchbox" data-testid="group-search" aria-label=${t('group.search')} placeholder=${t('group.search')}
              maxlength=${FIXED.keywordChars} autocomplete="off" .value=${groups.keyword} @input=${(event) => this.#typed(groups, event.target.value)}>
          </label>
          <ul class="rows" data-testid="groups-found">
            ${repeat(groups.found.items, ({ id }) => id, (group) =>
              groupRow(group, { hint: group.introduction || about(group), testid: 'found-group', actions: this.#join(groups, group) }))}
          </ul>
          <list-end .store=${this.store} .listing=${groups.found} .empty=${emptyNote('compass', t('group.none-found'), t('group.none-found-hint'))}></list-end>
        </div>
      </main>`;
  }

  #join(groups, group) {
    if (group.role !== 'ROLE_NONE') return html`<span class="chip">${icon('check')}${t('group.member')}</span>`;
    return joinButton(this.store, groups.get(group.id), group, 'plain');
  }

  #typed(groups, keyword) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => groups.find(keyword.trim()), SEARCH_PAUSE_MS);
  }
}

/// Members and who may come in, in a line.
export function about({ member_count: members, join_policy: policy }) {
  return `${t('group.members', { n: Number(members) })} · ${t(`group.${policy}`)}`;
}

/// What somebody who is not in a group can do about that. `looks`: the class of the button.
export function joinButton(store, open, group, looks) {
  if (group.asked) {
    return html`
      <span class="chip" data-testid="asked">${icon('clock')}${t('group.waiting')}</span>
      <button class="plain" type="button" data-testid="take-back" @click=${() => attempt(store, () => open.takeBack())}>${t('people.take-back')}</button>`;
  }
  if (group.join_policy === 'JOIN_CLOSED') return html`<span class="chip" data-testid="closed">${icon('lock')}${t('group.JOIN_CLOSED')}</span>`;
  return html`<button class=${looks} type="button" data-testid="join" @click=${() => join(store, open, group)}>
    ${t(group.join_policy === 'JOIN_APPROVAL' ? 'group.ask-to-join' : 'group.join')}</button>`;
}

/// Joins, or asks to with a note where the group wants to be asked.
export async function join(store, open, { name, join_policy: policy }) {
  let note = '';
  if (policy === 'JOIN_APPROVAL') {
    note = await ask({
      title: t('group.ask-title', { name }),
      text: t('group.ask-text'),
      action: t('people.send-request'),
      field: { label: t('people.note'), max: FIXED.noteChars, lines: 3 },
    });
    if (note === null) return;
  }
  await attempt(store, async () => {
    const member = await open.join(note.trim());
    store.tell(t(member ? 'group.joined' : 'people.request-sent'));
    if (member) location.hash = `people/group/${open.id}`;
  });
}

customElements.define('group-list', GroupList);
