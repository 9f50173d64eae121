/// The e-mail address of the account: set and verified by a code that is mailed, taken away. `code`: one that a link of
/// such a mail brought.

import { html, nothing } from 'lit';
import { language, t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { ActElement } from '../view/act-element.js';
import { ask } from '../view/ask.js';
import { paneHead } from '../view/pane.js';
import { proven } from '../view/prove.js';
import '../own-texts.js';

class MeEmail extends ActElement {
  static properties = { code: { attribute: false }, status: { state: true }, told: { state: true }, outbox: { state: true } };

  constructor() {
    super();
    this.code = '';
    /// email.EmailStatusResponse; null until it is known.
    this.status = null;
    /// What was done last, in words.
    this.told = '';
    this.outbox = false;
  }

  firstUpdated() {
    this.act(() => this.#learn());
  }

  render() {
    return html`
      <main class="pane">
        ${paneHead(t('me.email'), '#me')}
        <div class="pane-body" aria-busy=${this.busy}>
          <p class="hint">${t('me.email-text')}</p>
          ${this.status ? this.#body() : nothing}
          <p class="saved" role="status" data-testid="email-told">${this.told || nothing}</p>
          <p class="fault" role="alert" data-testid="email-fault">${this.fault || nothing}</p>
        </div>
      </main>`;
  }

  #body() {
    const { email, verified, pending } = this.status;
    return html`
      ${email
        ? html`<dl class="facts"><div><dt>${t('me.email-is')}</dt><dd data-testid="own-email">${email}</dd></div></dl>
            <p class="hint" data-testid="email-state">${t(verified ? 'me.email-verified' : 'me.email-unverified')}</p>`
        : html`<p class="hint" data-testid="no-email">${t('me.email-none')}</p>`}
      ${pending ? this.#confirming(pending) : nothing}
      <form class="form" @submit=${this.#begin} data-testid="email-form">
        ${pending ? html`<h3>${t('me.email-other')}</h3>` : nothing}
        <label for="new-email">${t('me.email-new')}</label>
        <input id="new-email" name="email" type="email" data-testid="new-email" required maxlength=${FIXED.emailChars} autocomplete="email" .value=${verified || pending ? '' : email}>
        <button class=${pending ? 'plain' : 'primary'} type="submit" data-testid="send-code" ?disabled=${this.busy}>${t('me.email-send')}</button>
      </form>
      ${email ? html`<button class="quiet-button danger" type="button" data-testid="remove-email" ?disabled=${this.busy} @click=${this.#remove}>${t('me.email-remove')}</button>` : nothing}`;
  }

  #confirming(pending) {
    return html`
      <form class="form" @submit=${this.#confirm} data-testid="email-code-form">
        <p class="hint">${t('me.email-sent', { email: pending })}</p>
        ${this.outbox ? html`<p class="hint" data-testid="email-outbox">${t('me.email-outbox')}</p>` : nothing}
        <label for="email-code">${t('me.email-code')}</label>
        <input id="email-code" name="code" data-testid="email-code" inputmode="numeric" autocomplete="one-time-code" required maxlength=${FIXED.codeChars} .value=${this.code}>
        <button class="primary" type="submit" data-testid="confirm-email" ?disabled=${this.busy}>${t('me.email-confirm')}</button>
      </form>`;
  }

  async #learn() {
    this.status = await this.store.request('email.EmailService/EmailStatus', {});
  }

  #begin(event) {
    event.preventDefault();
    const { email } = Object.fromEntries(new FormData(event.target));
    this.told = '';
    return this.act(async () => {
      ({ outbox: this.outbox = false } = await this.#call('BeginEmail', { email }));
      this.code = '';
      await this.#learn();
    });
  }

  #confirm(event) {
    event.preventDefault();
    const { code } = Object.fromEntries(new FormData(event.target));
    this.told = '';
    return this.act(async () => {
      const { email } = await this.#call('ConfirmEmail', { code });
      this.code = '';
      await this.#learn();
      this.told = t('me.email-done', { email });
    });
  }

  async #remove() {
    this.told = '';
    if (!(await ask({ title: t('me.email-remove'), text: t('me.email-remove-text'), action: t('me.email-remove'), danger: true }))) return;
    await this.act(async () => {
      await this.#call('RemoveEmail');
      await this.#learn();
      this.told = t('me.email-removed');
    });
  }

  /// A method that may want the password shown again.
  #call(method, data = {}) {
    const { request } = this.store;
    const put = (question) => ask({ title: t('me.prove'), text: t('me.prove-text'), action: t('me.prove-ok'), ...question });
    return proven(() => request(`email.EmailService/${method}`, { ...data, language: language() }), request, put);
  }
}

customElements.define('me-email', MeEmail);
