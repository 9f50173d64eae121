/// The form to sign in or to create an account; a password that an operator set is replaced first. Fires `signed-in` with
/// the token.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { t } from '../i18n.js';
import { ParleyElement } from './element.js';
import { icon } from './icons.js';
import { languageButton } from './language-button.js';

class SignIn extends ParleyElement {
  static properties = {
    notice: { attribute: false },
    registering: { state: true },
    busy: { state: true },
    fault: { state: true },
    shown: { state: true },
    expired: { state: true },
  };

  constructor() {
    super();
    this.notice = '';
    this.registering = false;
    this.busy = false;
    this.fault = '';
    this.shown = false;
    /// `{token, password}` of a login whose password must be replaced, or null.
    this.expired = null;
  }

  render() {
    if (this.expired) return html`<new-password .login=${this.expired} @chosen=${() => this.#enter(this.expired.token)}></new-password>`;
    const action = t(this.registering ? 'sign-in.register' : 'sign-in.login');
    return html`
      <main class="sign-in">
        <header>
          <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
          <h1>Parley</h1>
          <p class="hint">${t('app.tagline')}</p>
        </header>
        <form @submit=${this.#submit} aria-busy=${this.busy} data-testid=${this.registering ? 'register-form' : 'login-form'}>
          <label for="nickname">${t(this.registering ? 'sign-in.nickname' : 'sign-in.login-name')}</label>
          <input id="nickname" name="nickname" data-testid="nickname" autocomplete="username" maxlength=${this.registering ? 64 : 128} required
            autocapitalize="none" spellcheck="false">
          ${this.registering ? html`<p class="hint">${t('sign-in.nickname-hint')}</p>` : nothing}
          <label for="password">${t('sign-in.password')}</label>
          ${this.#password()}
          ${this.registering ? html`<p class="hint">${t('sign-in.password-rule')}</p>` : nothing}
          <p class="fault" role="alert" data-testid="fault">${this.fault || this.notice || nothing}</p>
          <button class="primary" type="submit" data-testid="submit" ?disabled=${this.busy}>
            ${this.busy ? t('sign-in.busy') : action}
          </button>
        </form>
        <button class="link-button" type="button" data-testid=${this.registering ? 'login' : 'register'} @click=${this.#toggle}>
          ${t(this.registering ? 'sign-in.to-login' : 'sign-in.to-register')}
        </button>
        <footer>${languageButton()}</footer>
      </main>`;
  }

  firstUpdated() {
    this.querySelector('#nickname').focus();
  }

  #password() {
    return html`
      <span class="with-button">
        <input id="password" name="password" data-testid="password" type=${this.shown ? 'text' : 'password'} required
          minlength=${this.registering ? 8 : nothing} maxlength="128" autocomplete=${this.registering ? 'new-password' : 'current-password'}>
        <button class="icon-button" type="button" aria-label=${t('sign-in.show-password')} aria-pressed=${this.shown}
          @click=${() => (this.shown = !this.shown)}>${icon('eye')}</button>
      </span>`;
  }

  #toggle() {
    this.registering = !this.registering;
    this.fault = '';
    this.notice = '';
  }

  async #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.busy = true;
    this.fault = '';
    try {
      if (this.registering) await api.register(form.get('nickname'), form.get('password'));
      const { token, password_expired: expired } = await api.login(form.get('nickname'), form.get('password'));
      if (expired) await this.#replace({ token, password: form.get('password'), name: form.get('nickname') });
      else this.#enter(token);
    } catch (fault) {
      this.fault = fault.message;
    } finally {
      this.busy = false;
    }
  }

  async #replace(login) {
    await import('./new-password.js');
    this.expired = login;
  }

  #enter(token) {
    this.dispatchEvent(new CustomEvent('signed-in', { detail: token }));
  }
}

customElements.define('sign-in', SignIn);
