/// What an invite says before it is used: who invites whereto, or why nobody comes by it any more. `.token`. Fires
/// `looked` with the server's answer, null where there is none.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { t } from '../i18n.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';

class InviteCard extends ParleyElement {
  static properties = { token: { attribute: false }, sight: { state: true }, fault: { state: true } };

  constructor() {
    super();
    this.token = '';
    this.sight = null;
    this.fault = '';
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('token') && this.token) this.#look(this.token);
  }

  render() {
    if (this.fault || (this.sight && !isLive(this.sight))) return this.#bad();
    if (!this.sight) return html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>`;
    const { group_name: group, group_avatar_url: groupPicture, maker_name: maker, maker_avatar_url: picture } = this.sight;
    return html`
      <div class="invite-card" data-testid="invite-card" data-kind=${this.sight.kind}>
        ${group ? avatar({ id: group, name: group, avatarUrl: groupPicture }, true) : maker ? avatar({ id: maker, name: maker, avatarUrl: picture }) : icon('people')}
        <p>${words(this.sight)}</p>
      </div>`;
  }

  #bad() {
    return html`
      <div class="invite-card bad" role="alert" data-testid="invite-bad">${icon('alert')}
        <p>${this.fault || t(`invite.${this.sight.state}`)}<small>${t('invite.ask-anew')}</small></p>
      </div>`;
  }

  async #look(token) {
    try {
      this.sight = await api.lookAtInvite(token);
    } catch (fault) {
      this.fault = fault.message;
    }
    if (token === this.token) this.dispatchEvent(new CustomEvent('looked', { detail: this.sight }));
  }
}

export function isLive(sight) {
  return (sight?.state ?? 'INVITE_LIVE') === 'INVITE_LIVE';
}

/// The invite in a sentence.
export function words({ kind, group_name: group, member_count: n = 0, maker_name: name = '' }) {
  if (kind === 'INVITE_GROUP') return t('invite.to-group', { name, group, members: t('group.members', { n }) });
  return kind === 'INVITE_PERSON' ? t('invite.to-person', { name }) : t('invite.to-server');
}

customElements.define('invite-card', InviteCard);
