/// What the panes of contacts, feed and account share: the head with its way back, rows of people and groups.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { avatar } from './avatar.js';
import { handleOf } from './handle.js';
import { icon } from './icons.js';

// Every entry of the history knows how many of this client's lie before it.
let depth = history.state?.depth ?? 0;
addEventListener('hashchange', () => {
  if (history.state?.depth === undefined) history.replaceState({ depth: depth + 1 }, '');
  depth = history.state.depth;
});

/// Goes back to where the user came from; the link's own address stands in where that was another page.
export function back(event) {
  if (depth === 0) return;
  event.preventDefault();
  history.back();
}

/// `title`; `parent`: the address to go back to, '' for a pane that stands alone; `actions`: buttons.
export function paneHead(title, parent, actions = nothing) {
  return html`
    <header class="pane-head">
      ${parent
        ? html`<a class="icon-button back" href=${parent} data-testid="back" aria-label=${t('back')} @click=${back}>${icon('back')}</a>`
        : nothing}
      <h2>${title}</h2>
      ${actions}
    </header>`;
}

/// A person. `user` as the server gives it; `more`: `{name, hint, dot, actions, testid}`, all optional.
export function personRow(user, { name = user.nickname, hint = '', dot = false, actions = nothing, testid = 'person' } = {}) {
  const entry = { id: user.id, name: user.nickname, avatarUrl: user.avatar_url };
  return html`
    <li class="row" data-testid=${testid} data-user-id=${user.id}>
      <a class="row-link" href="#people/user/${user.id}">
        <span class="portrait">${avatar(entry)}${dot ? html`<span class="online-dot" data-testid="online" role="img" aria-label=${t('people.online')}></span>` : nothing}</span>
        <span class="row-text"><span class="row-name"><b>${name}</b>${handleOf(user)}</span>${hint ? html`<small>${hint}</small>` : nothing}</span>
      </a>
      ${actions === nothing ? nothing : html`<span class="row-actions">${actions}</span>`}
    </li>`;
}

/// A group as the server gives it.
export function groupRow(group, { hint = '', actions = nothing, testid = 'group' } = {}) {
  const entry = { id: group.id, name: group.name, avatarUrl: group.avatar_url };
  return html`
    <li class="row" data-testid=${testid} data-group-id=${group.id}>
      <a class="row-link" href="#people/group/${group.id}">
        ${avatar(entry, true)}
        <span class="row-text"><b>${group.name}</b>${hint ? html`<small>${hint}</small>` : nothing}</span>
      </a>
      ${actions === nothing ? nothing : html`<span class="row-actions">${actions}</span>`}
    </li>`;
}

/// A pane with nothing in it: a picture, what there could be, and what to do about it.
export function emptyNote(shape, text, hint = '', way = nothing) {
  return html`
    <div class="empty-note">
      <span class="placeholder-icon">${icon(shape)}</span>
      <p>${text}</p>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      ${way}
    </div>`;
}
