/// For whoever forgot the password: `forgot-password` has a link mailed; `recover-password`, which that link leads to,
/// sets another. `token`: what the link carries. They fire `back` and `recovered`.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { Business } from '../fault.js';
import { language, t } from '../i18n.js';
import { FIXED, limits } from '../limits.js';
import { ActElement } from './act-element.js';
import { atMost } from './at-most.js';
import { languageButton } from './language-button.js';
import '../own-texts.js';

const page = (title, hint, body) => html`
  <main class="sign-in">
    <header>
      <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
      <h1>${title}</h1>
      <p class="hint">${hint}</p>
    </header>
    ${body}
    <footer>${languageButton()}</footer>
  </main>`;

class ForgotPassword extends ActElement {
  static properties = { sent: { state: true } };

  constructor() {
    super();
    this.sent = false;
  }

  render() {
    const back = html`<button class="link-button" type="button" data-testid="back-to-login" @click=${() => this.dispatchEvent(new Event('back'))}>${t('back')}</button>`;
    if (this.sent) {
      return page(t('recover.sent-title'), t('recover.sent'), html`
        <p class="hint sign-in-note" role="status" data-testid="recovery-sent">${t('recover.without')}</p>${back}`);
    }
    return page(t('recover.title'), t('recover.text'), html`
      <form @submit=${this.#submit} aria-busy=${this.busy} data-testid="forgot-form">
        <label for="forgot-name">${t('sign-in.login-name')}</label>
        <input id="forgot-name" name="name" data-testid="forgot-name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength=${FIXED.emailChars}>
        <p class="fault" role="alert" data-testid="fault">${this.fault || nothing}</p>
        <button class="primary" type="submit" data-testid="send-link" ?disabled=${this.busy}>${t('recover.send')}</button>
      </form>${back}`);
  }

  firstUpdated() {
    this.querySelector('#forgot-name').focus();
  }

  #submit(event) {
    event.preventDefault();
    const { name } = Object.fromEntries(new FormData(event.target));
    return this.act(async () => {
      await api.askForRecovery(name, language());
      this.sent = true;
    });
  }
}

class RecoverPassword extends ActElement {
  static properties = { token: { attribute: false }, coded: { state: true } };

  constructor() {
    super();
    /// Whether the account has a second factor.
    this.coded = false;
  }

  render() {
    return page(t('recover.choose'), t('recover.choose-hint'), html`
      <form @submit=${this.#submit} aria-busy=${this.busy} data-testid="recover-form">
        <label for="chosen">${t('me.new-password')}</label>
        <input id="chosen" name="chosen" data-testid="chosen" type="password" required minlength=${limits.passwordCharsMin} maxlength=${atMost(limits.passwordChars)} autocomplete="new-password">
        <p class="hint">${t('sign-in.password-rule', { n: limits.passwordCharsMin })}</p>
        <label for="repeated">${t('me.repeat-password')}</label>
        <input id="repeated" name="repeated" data-testid="repeated" type="password" required maxlength=${atMost(limits.passwordChars)} autocomplete="new-password">
        ${this.coded ? html`
          <p class="hint">${t('sign-in.code-hint')}</p>
          <label for="code">${t('sign-in.code')}</label>
          <input id="code" name="code" data-testid="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required maxlength=${FIXED.codeChars}>` : nothing}
        <p class="fault" role="alert" data-testid="fault">${this.fault || nothing}</p>
        <button class="primary" type="submit" data-testid="recover" ?disabled=${this.busy}>${t('me.set-password')}</button>
      </form>
      <button class="link-button" type="button" data-testid="back-to-login" @click=${() => this.dispatchEvent(new Event('back'))}>${t('back')}</button>`);
  }

  firstUpdated() {
    this.querySelector('#chosen').focus();
  }

  updated(changed) {
    if (changed.has('coded') && this.coded) this.querySelector('#code').focus();
  }

  async #submit(event) {
    event.preventDefault();
    const { chosen, repeated, code = '' } = Object.fromEntries(new FormData(event.target));
    if (chosen !== repeated) return (this.fault = t('me.password-differs'));
    await this.act(() => this.#complete(chosen, code));
  }

  async #complete(password, code) {
    try {
      await api.recover(this.token, password, code, language());
    } catch (fault) {
      if (fault.businessCode === Business.MISSING) throw new Error(t('recover.over'));
      if (fault.businessCode !== Business.CODE || this.coded) throw fault;
      this.coded = true;
      return;
    }
    this.dispatchEvent(new CustomEvent('recovered', { detail: t('recover.done') }));
  }
}

customElements.define('forgot-password', ForgotPassword);
customElements.define('recover-password', RecoverPassword);
