/// The one dialog of the console. `ask` puts a question, with a reason to give where an act wants one, and answers what
/// was given, or null if it was called off. `show` shows a secret that is told once.

import { html, nothing } from 'lit';
import { t } from '/app/i18n.js';
import { FIXED, limits } from '/app/limits.js';
import { atMost } from '/app/view/at-most.js';
import { ParleyElement } from '/app/view/element.js';
import { icon } from '/app/view/icons.js';

const REASON_MAX = 500;

class AskDialog extends ParleyElement {
  static properties = { question: { state: true }, copied: { state: true } };

  #answer = () => {};

  constructor() {
    super();
    this.question = null;
    this.copied = false;
  }

  /// `{title, text, action, danger, reason, password, code, fault}`; `reason` is 'required', 'optional' or nothing; `answer`
  /// names a second field, for what others are told;
  /// with `password` it asks for that, with `code` for one of the second factor too. `fault` says what was wrong with the last answer.
  ask(question) {
    return this.#open(question);
  }

  /// `{title, text, secret}`.
  show(told) {
    return this.#open(told);
  }

  async #open(question) {
    this.question = question;
    this.copied = false;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
    this.querySelector('[data-focus]')?.focus();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  render() {
    const question = this.question;
    return html`
      <dialog class="ask" aria-labelledby="ask-title" @close=${() => this.#close(null)}>
        ${question ? html`
          <form method="dialog" @submit=${(event) => this.#submit(event)}>
            <h2 id="ask-title">${question.title}</h2>
            ${question.text ? html`<p class="hint">${question.text}</p>` : nothing}
            ${question.secret ? this.#secret(question.secret) : nothing}
            ${question.reason ? this.#reason(question.reason) : nothing}
            ${question.answer ? this.#answerField(question.answer) : nothing}
            ${question.password ? this.#password(question.code) : nothing}
            ${question.fault ? html`<p class="fault" role="alert" data-testid="ask-fault">${question.fault}</p>` : nothing}
            <div class="ask-buttons">
              ${question.secret
                ? html`<button class="primary" type="submit" data-testid="ask-done">${t('admin.done')}</button>`
                : html`
                  <button class="secondary" type="button" data-testid="ask-cancel" @click=${() => this.querySelector('dialog').close()}>${t('admin.cancel')}</button>
                  <button class=${question.danger ? 'primary danger' : 'primary'} type="submit" data-testid="ask-ok" ?data-focus=${!question.reason && !question.password}>${question.action}</button>`}
            </div>
          </form>` : nothing}
      </dialog>`;
  }

  #reason(kind) {
    return html`
      <label for="ask-reason">${t(kind === 'required' ? 'admin.reason' : 'admin.reason-optional')}</label>
      <textarea id="ask-reason" name="reason" data-testid="ask-reason" data-focus rows="3" maxlength=${REASON_MAX} ?required=${kind === 'required'}></textarea>`;
  }

  #answerField(label) {
    return html`
      <label for="ask-answer">${label}</label>
      <textarea id="ask-answer" name="answer" data-testid="ask-answer" rows="3" maxlength=${REASON_MAX}></textarea>`;
  }

  #password(code) {
    return html`
      <label for="ask-password">${t('sign-in.password')}</label>
      <input id="ask-password" name="password" data-testid="ask-password" data-focus type="password" required maxlength=${atMost(limits.passwordChars)} autocomplete="current-password">
      ${code ? html`
        <label for="ask-code">${t('sign-in.code')}</label>
        <input id="ask-code" name="code" data-testid="ask-code" required maxlength=${FIXED.codeChars} autocomplete="one-time-code">` : nothing}`;
  }

  #secret(secret) {
    return html`
      <div class="ask-secret">
        <output data-testid="secret" tabindex="0" aria-label=${t('admin.secret')}>${secret}</output>
        <button class="secondary" type="button" data-testid="copy" data-focus @click=${() => this.#copy(secret)}>
          ${icon(this.copied ? 'check' : 'copy')}<span aria-live="polite">${t(this.copied ? 'admin.copied' : 'admin.copy')}</span></button>
      </div>`;
  }

  async #copy(secret) {
    try {
      await navigator.clipboard.writeText(secret);
      this.copied = true;
    } catch {
      // Not allowed here: select it, so that the keyboard can copy it.
      getSelection().selectAllChildren(this.querySelector('output'));
    }
  }

  #submit(event) {
    event.preventDefault();
    const { reason: said = '', ...given } = Object.fromEntries(new FormData(event.target));
    const reason = said.trim();
    if (this.question.reason === 'required' && !reason) return;
    this.#answer({ ...given, reason });
    this.querySelector('dialog').close();
  }

  #close(answer) {
    this.#answer(answer);
    this.#answer = () => {};
    this.question = null;
  }
}

customElements.define('ask-dialog', AskDialog);
