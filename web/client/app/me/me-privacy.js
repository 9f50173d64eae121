/// Who may ask to be friends, who writes to it, who brings the account into groups, and who sees when it is online. A choice counts at once.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { paneHead } from '../view/pane.js';
import { accountOf } from './account.js';

const CHOICES = [
  ['friend', 'friend_policy', ['FRIEND_OPEN', 'FRIEND_APPROVAL', 'FRIEND_CLOSED']],
  ['message', 'message_policy', ['MESSAGE_EVERYBODY', 'MESSAGE_FRIENDS']],
  ['group', 'group_policy', ['GROUP_EVERYBODY', 'GROUP_FRIENDS', 'GROUP_NOBODY']],
  ['presence', 'presence_policy', ['PRESENCE_EVERYBODY', 'PRESENCE_FRIENDS', 'PRESENCE_NOBODY']],
];

class MePrivacy extends ParleyElement {
  static properties = { fault: { state: true }, saved: { state: true } };

  constructor() {
    super();
    this.fault = '';
    this.saved = false;
  }

  render() {
    const { privacy } = accountOf(this.store);
    return html`
      <main class="pane">
        ${paneHead(t('me.privacy'), '#me')}
        <div class="pane-body">
          ${privacy
            ? CHOICES.map((choice) => this.#choice(privacy, ...choice))
            : html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>`}
          <p class="fault" role="alert">${this.fault || nothing}</p>
          <p class="saved" role="status" data-testid=${this.saved ? 'saved' : nothing}>${this.saved ? t('saved') : nothing}</p>
        </div>
      </main>`;
  }

  #choice(privacy, name, field, values) {
    return html`
      <fieldset class="panel">
        <legend>${t(`me.${name}-policy`)}</legend>
        ${values.map((value) => html`
          <label class="choice"><input type="radio" name=${name} value=${value} data-testid="${name}-${value}" .checked=${privacy[field] === value}
            @change=${() => this.#set({ [field]: value })}><span>${t(`me.${value}`)}</span></label>`)}
      </fieldset>`;
  }

  async #set(change) {
    this.fault = '';
    this.saved = false;
    try {
      await accountOf(this.store).setPrivacy(change);
      this.saved = true;
    } catch (fault) {
      this.fault = fault.message;
    }
  }
}

customElements.define('me-privacy', MePrivacy);
