/// What can be answered to an invitation into a group.

import { html } from 'lit';
import { t } from '../i18n.js';
import { attempt } from '../view/attempt.js';

export function invitationButtons(store, groups, id) {
  return html`
    <button class="plain" type="button" data-testid="decline-invitation" @click=${() => attempt(store, () => groups.answer(id, false))}>${t('group.decline')}</button>
    <button class="primary small" type="button" data-testid="accept-invitation" @click=${() => attempt(store, () => groups.answer(id, true), t('group.joined'))}>${t('people.accept')}</button>`;
}
