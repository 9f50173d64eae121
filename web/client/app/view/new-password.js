/// Replaces a password that an operator set. `login` is `{token, password, name}`. Fires `chosen`.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { t } from '../i18n.js';
import { limits } from '../limits.js';
import { ActElement } from './act-element.js';
import { atMost } from './at-most.js';
import { languageButton } from './language-button.js';

class NewPassword extends ActElement {
  static properties = { login: { attribute: false } };

  render() {
    return html`
      <main class="sign-in">
        <header>
          <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
          <h1>${t('sign-in.choose')}</h1>
          <p class="hint">${t('sign-in.choose-hint')}</p>
        </header>
        <form @submit=${this.#submit} aria-busy=${this.busy} data-testid="choose-form">
          <input class="for-screen-reader" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${this.login.name}>
          <label for="chosen">${t('me.new-password')}</label>
          <input id="chosen" name="chosen" data-testid="chosen" type="password" required minlength=${limits.passwordCharsMin} maxlength=${atMost(limits.passwordChars)} autocomplete="new-password">
          <p class="hint">${t('sign-in.password-rule', { n: limits.passwordCharsMin })}</p>
          <label for="repeated">${t('me.repeat-password')}</label>
          <input id="repeated" name="repeated" data-testid="repeated" type="password" required maxlength=${atMost(limits.passwordChars)} autocomplete="new-password">
          <p class="fault" role="alert" data-testid="fault">${this.fault || nothing}</p>
          <button class="primary" type="submit" data-testid="choose" ?disabled=${this.busy}>${t('me.set-password')}</button>
        </form>
        <footer>${languageButton()}</footer>
      </main>`;
  }

  firstUpdated() {
    this.querySelector('#chosen').focus();
  }

  async #submit(event) {
    event.preventDefault();
    const { chosen, repeated } = Object.fromEntries(new FormData(event.target));
    if (chosen !== repeated) return (this.fault = t('me.password-differs'));
    await this.act(async () => {
      await api.changePassword(this.login.token, this.login.password, chosen);
      this.dispatchEvent(new Event('chosen'));
    });
  }
}

customElements.define('new-password', NewPassword);
