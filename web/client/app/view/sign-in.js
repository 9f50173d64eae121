/// The form to sign in or to create an account; a password that an operator set is replaced first. Fires `signed-in` with
/// the token.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { Business } from '../fault.js';
import { t } from '../i18n.js';
import { keepInvite } from '../invite/link.js';
import { FIXED, limits } from '../limits.js';
import { ActElement } from './act-element.js';
import { atMost } from './at-most.js';
import { icon } from './icons.js';
import { languageButton } from './language-button.js';

class SignIn extends ActElement {
  static properties = {
    notice: { attribute: false },
    invite: { attribute: false },
    sight: { state: true },
    server: { state: true },
    registering: { state: true },
    shown: { state: true },
    expired: { state: true },
    coded: { state: true },
    forgot: { state: true },
  };

  constructor() {
    super();
    this.notice = '';
    /// The token of the invite that somebody came with, or ''; `sight` is what the server says of it, once it has.
    this.invite = '';
    this.sight = null;
    /// `{registration, is_new}`, once it is known.
    this.server = null;
    this.registering = false;
    this.shown = false;
    /// `{token, password}` of a login whose password must be replaced, or null.
    this.expired = null;
    /// `{name, password}` of a login that wants a code too, or null.
    this.coded = null;
    /// Whether the password is forgotten, once the page for that is there.
    this.forgot = false;
  }

  render() {
    if (this.forgot) return html`<forgot-password @back=${() => (this.forgot = false)}></forgot-password>`;
    if (this.expired) return html`<new-password .login=${this.expired} @chosen=${() => this.#enter(this.expired.token)}></new-password>`;
    if (this.coded) return this.#code();
    const action = t(this.registering ? 'sign-in.register' : 'sign-in.login');
    return html`
      <main class="sign-in">
        <header>
          <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
          <h1>Parley</h1>
          <p class="hint">${t('app.tagline')}</p>
        </header>
        ${this.invite ? html`<invite-card .token=${this.invite} @looked=${this.#looked}></invite-card>` : nothing}
        <form @submit=${this.#submit} aria-busy=${this.busy} data-testid=${this.registering ? 'register-form' : 'login-form'}>
          <label for="nickname">${t(this.registering ? 'sign-in.nickname' : 'sign-in.login-name')}</label>
          <input id="nickname" name="nickname" data-testid="nickname" autocomplete="username" required
            autocapitalize="none" spellcheck="false">
          ${this.registering ? html`<p class="hint">${t('sign-in.nickname-hint')}</p>` : nothing}
          <label for="password">${t('sign-in.password')}</label>
          ${this.#password()}
          ${this.registering ? html`<p class="hint">${t('sign-in.password-rule', { n: limits.passwordCharsMin })}</p>` : nothing}
          <p class="fault" role="alert" data-testid="fault">${this.fault || this.notice || nothing}</p>
          <button class="primary" type="submit" data-testid="submit" ?disabled=${this.busy}>
            ${this.busy ? t('sign-in.busy') : action}
          </button>
        </form>
        ${this.registering ? nothing : html`<button class="link-button" type="button" data-testid="forgot" @click=${this.#forgot}>${t('sign-in.forgot')}</button>`}
        ${this.registering || this.#mayRegister
          ? html`
            <button class="link-button" type="button" data-testid=${this.registering ? 'login' : 'register'} @click=${this.#toggle}>
              ${t(this.registering ? 'sign-in.to-login' : 'sign-in.to-register')}
            </button>`
          : html`<p class="hint sign-in-note" data-testid="no-register">${t(this.server.registration === 'REGISTRATION_CLOSED' ? 'invite.closed' : 'invite.needed')}</p>`}
        ${this.server?.is_new
          ? html`<p class="hint sign-in-note" data-testid="new-server">${t('invite.new-server')} <code>./parley account grant NAME admin</code></p>`
          : nothing}
        <footer>${languageButton()}</footer>
      </main>`;
  }

  firstUpdated() {
    this.querySelector('#nickname').focus();
    api.lookAtServer().then((server) => (this.server = server), () => {});
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('invite')) return;
    this.sight = null;
    if (this.invite) import('../invite/invite-card.js');
  }

  /// Until the server has said otherwise, anybody may.
  get #mayRegister() {
    const mode = this.server?.registration ?? 'REGISTRATION_OPEN';
    if (mode === 'REGISTRATION_OPEN') return true;
    return this.#good && (mode === 'REGISTRATION_INVITE' || this.sight.kind === 'INVITE_SERVER');
  }

  get #good() {
    return this.sight?.state === 'INVITE_LIVE';
  }

  /// Whoever comes by an invite is new here, more likely than not.
  #looked({ detail: sight }) {
    this.sight = sight;
    this.registering = this.#good && this.#mayRegister;
  }

  #code() {
    return html`
      <main class="sign-in">
        <header>
          <img class="logo" src="/asset/favicon.svg" alt="" width="56" height="56">
          <h1>${t('sign-in.code-title')}</h1>
          <p class="hint">${t('sign-in.code-hint')}</p>
        </header>
        <form @submit=${this.#submitCode} aria-busy=${this.busy} data-testid="code-form">
          <label for="code">${t('sign-in.code')}</label>
          <input id="code" name="code" data-testid="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required maxlength=${FIXED.codeChars} autofocus>
          <p class="fault" role="alert" data-testid="fault">${this.fault || nothing}</p>
          <button class="primary" type="submit" data-testid="submit-code" ?disabled=${this.busy}>
            ${t(this.busy ? 'sign-in.busy' : 'sign-in.login')}</button>
        </form>
        <button class="link-button" type="button" data-testid="back-to-password" @click=${this.#back}>${t('back')}</button>
        <footer>${languageButton()}</footer>
      </main>`;
  }

  updated(changed) {
    if (changed.has('coded') && this.coded) this.querySelector('#code').focus();
  }

  #back() {
    this.coded = null;
    this.fault = '';
  }

  #password() {
    return html`
      <span class="with-button">
        <input id="password" name="password" data-testid="password" type=${this.shown ? 'text' : 'password'} required
          minlength=${this.registering ? limits.passwordCharsMin : nothing} maxlength=${atMost(limits.passwordChars)} autocomplete=${this.registering ? 'new-password' : 'current-password'}>
        <button class="icon-button" type="button" aria-label=${t('sign-in.show-password')} aria-pressed=${this.shown}
          @click=${() => (this.shown = !this.shown)}>${icon('eye')}</button>
      </span>`;
  }

  #toggle() {
    this.registering = !this.registering;
    this.fault = '';
    this.notice = '';
  }

  #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const given = { name: form.get('nickname'), password: form.get('password') };
    return this.act(async () => {
      if (this.registering) {
        await this.#register(given);
      }
      await this.#login(given);
    });
  }

  /// An invite that ended meanwhile, or leads where there is no room, is left aside: the next try may do without.
  async #register({ name, password }) {
    const invite = this.#good ? this.invite : '';
    try {
      await api.register(name, password, invite);
    } catch (fault) {
      if (invite && [Business.STATE, Business.QUOTA].includes(fault.businessCode)) this.sight = null;
      throw fault;
    }
    if (invite) keepInvite(invite, true);
  }

  #submitCode(event) {
    event.preventDefault();
    return this.act(() => this.#login(this.coded, new FormData(event.target).get('code')));
  }

  async #login(given, code = '') {
    try {
      const { token, password_expired: expired } = await api.login(given.name, given.password, code);
      if (expired) await this.#replace({ ...given, token });
      else this.#enter(token);
    } catch (fault) {
      if (fault.businessCode !== Business.CODE || this.coded) throw fault;
      this.coded = given;
    }
  }

  #forgot() {
    return this.act(async () => {
      await import('./recover.js');
      this.forgot = true;
    });
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
