/// The second factor of the account: set up, what is left of the recovery codes, turned off.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { ActElement } from '../view/act-element.js';
import { ask } from '../view/ask.js';
import { paneHead } from '../view/pane.js';
import { proven } from '../view/prove.js';
import { qrPicture } from '../view/qr-picture.js';

class MeTotp extends ActElement {
  static properties = { status: { state: true }, begun: { state: true }, codes: { state: true } };

  constructor() {
    super();
    /// totp.TotpStatusResponse; null until it is known.
    this.status = null;
    /// totp.BeginTotpResponse while it is being set up.
    this.begun = null;
    /// Recovery codes that were just made: they are shown once.
    this.codes = null;
  }

  firstUpdated() {
    this.act(() => this.#learn());
  }

  render() {
    return html`
      <main class="pane">
        ${paneHead(t('me.totp'), '#me')}
        <div class="pane-body" aria-busy=${this.busy}>
          ${this.#body()}
          <p class="fault" role="alert" data-testid="totp-fault">${this.fault || nothing}</p>
        </div>
      </main>`;
  }

  #body() {
    if (this.codes) return this.#recoveryCodes();
    if (this.begun) return this.#setUp();
    if (!this.status) return this.fault ? nothing : html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>`;
    return this.status.on ? this.#on() : this.#off();
  }

  #off() {
    return html`
      <p class="hint">${t('me.totp-text')}</p>
      <p class="hint">${t('me.totp-others')}</p>
      <button class="primary" type="button" data-testid="begin-totp" ?disabled=${this.busy} @click=${this.#begin}>${t('me.totp-begin')}</button>`;
  }

  #on() {
    return html`
      <p class="saved" role="status" data-testid="totp-on">${t('me.totp-on')}</p>
      <p class="hint" data-testid="codes-left">${t('me.totp-left', { n: this.status.recovery_codes_left })}</p>
      <button class="plain" type="button" data-testid="renew-codes" ?disabled=${this.busy} @click=${this.#renew}>${t('me.totp-renew')}</button>
      <button class="quiet-button danger" type="button" data-testid="disable-totp" ?disabled=${this.busy} @click=${this.#disable}>${t('me.totp-disable')}</button>`;
  }

  #setUp() {
    const { secret, otpauth_uri: uri } = this.begun;
    return html`
      <p class="hint">${t('me.totp-scan')}</p>
      ${qrPicture(uri, t('me.totp-qr'), 'totp-qr')}
      <p><a href=${uri} data-testid="otpauth">${t('me.totp-open')}</a></p>
      <p class="hint">${t('me.totp-type')}</p>
      <p><output class="totp-secret" data-testid="totp-secret" tabindex="0" aria-label=${t('me.totp-secret')}>${grouped(secret)}</output></p>
      <form class="form" @submit=${this.#confirm}>
        <label for="totp-code">${t('sign-in.code')}</label>
        <input id="totp-code" name="code" data-testid="totp-code" inputmode="numeric" autocomplete="one-time-code" required maxlength=${FIXED.codeChars}>
        <button class="primary" type="submit" data-testid="confirm-totp" ?disabled=${this.busy}>${t('me.totp-confirm')}</button>
      </form>`;
  }

  #recoveryCodes() {
    return html`
      <h3>${t('me.totp-codes')}</h3>
      <p class="hint">${t('me.totp-codes-text')}</p>
      <ul class="totp-codes" data-testid="recovery-codes">${this.codes.map((code) => html`<li>${code}</li>`)}</ul>
      <button class="primary" type="button" data-testid="codes-kept" @click=${() => (this.codes = null)}>${t('me.totp-kept')}</button>`;
  }

  async #learn() {
    this.status = await this.store.request('totp.TotpService/TotpStatus', {});
  }

  #begin() {
    return this.act(async () => (this.begun = await this.#call('BeginTotp')));
  }

  #confirm(event) {
    event.preventDefault();
    const { code } = Object.fromEntries(new FormData(event.target));
    return this.act(async () => {
      ({ recovery_code: this.codes } = await this.#call('ConfirmTotp', { code }));
      this.begun = null;
      await this.#learn();
    });
  }

  #renew() {
    return this.act(async () => {
      ({ recovery_code: this.codes } = await this.#call('RegenerateRecoveryCodes'));
      await this.#learn();
    });
  }

  async #disable() {
    const code = await ask({
      title: t('me.totp-disable'), text: t('me.totp-disable-text'), action: t('me.totp-disable'), danger: true,
      field: { label: t('sign-in.code'), max: FIXED.codeChars, required: true, hint: 'one-time-code' },
    });
    if (!code) return;
    await this.act(async () => {
      await this.#call('DisableTotp', { totp_code: code });
      await this.#learn();
    });
  }

  /// A method that may want the password shown again.
  #call(method, data = {}) {
    const { request } = this.store;
    const put = (question) => ask({ title: t('me.prove'), text: t('me.prove-text'), action: t('me.prove-ok'), ...question });
    return proven(() => request(`totp.TotpService/${method}`, data), request, put);
  }
}

function grouped(secret) {
  return secret.match(/.{1,4}/g).join(' ');
}

customElements.define('me-totp', MeTotp);
