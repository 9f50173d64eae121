/// The choice of who may come into a group.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';

const POLICIES = ['JOIN_OPEN', 'JOIN_APPROVAL', 'JOIN_CLOSED'];

/// `changed`, where there is one, is called with the new policy.
export function policyField(policy, changed) {
  return html`
    <label for="group-policy">${t('group.policy')}</label>
    <select id="group-policy" name="policy" data-testid="policy" @change=${changed ? (event) => changed(event.target.value) : nothing}>
      ${POLICIES.map((each) => html`<option value=${each} ?selected=${each === policy} .selected=${each === policy}>${t(`group.${each}-long`)}</option>`)}
    </select>`;
}
