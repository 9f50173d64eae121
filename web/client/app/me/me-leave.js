/// Deletes the account, for good.

import { html, nothing } from 'lit';
import { Business } from '../fault.js';
import { t } from '../i18n.js';
import { forgetToken } from '../session.js';
import { ActElement } from '../view/act-element.js';
import { ask } from '../view/ask.js';
import { paneHead } from '../view/pane.js';
import '../own-texts.js';

class MeLeave extends ActElement {
  render() {
    return html`
      <main class="pane">
        ${paneHead(t('me.leave'), '#me')}
        <div class="pane-body form" aria-busy=${this.busy}>
          <p><strong>${t('me.leave-text')}</strong></p>
          <p class="hint">${t('me.leave-gone')}</p>
          <p class="hint">${t('me.leave-stays')}</p>
          <p class="hint">${t('me.leave-groups')}</p>
          <p class="fault" role="alert" data-testid="leave-fault">${this.fault || nothing}</p>
          <button class="primary danger" type="button" data-testid="delete-account" ?disabled=${this.busy} @click=${this.#delete}>${t('me.leave-do')}</button>
        </div>
      </main>`;
  }

  /// Asks until the password, and the code where there is a second factor, are right or it is called off.
  async #delete() {
    let code = false;
    let fault = '';
    for (;;) {
      const question = { title: t('me.leave'), text: t('me.leave-sure'), action: t('me.leave-do'), danger: true, password: true, code, fault };
      const answer = await ask(question);
      if (!answer) return;
      const failed = await this.#attempt(answer);
      if (!failed) return;
      if (![Business.CODE, Business.INVALID].includes(failed.businessCode)) {
        this.fault = failed.businessCode === Business.STATE && failed.detail.startsWith('groups') ? t('me.leave-owned') : failed.message;
        return;
      }
      fault = failed.businessCode === Business.CODE && !code ? '' : failed.message;
      code ||= failed.businessCode === Business.CODE;
    }
  }

  async #attempt({ password, code }) {
    this.fault = '';
    this.busy = true;
    try {
      await this.store.request('leaving.LeavingService/DeleteAccount', { password, totp_code: code });
      // The session has ended already.
      forgetToken();
      this.dispatchEvent(new CustomEvent('sign-out', { bubbles: true }));
      return null;
    } catch (failed) {
      return failed;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('me-leave', MeLeave);
