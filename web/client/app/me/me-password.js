/// Sets another password, which signs out everywhere else.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { limits } from '../limits.js';
import { ActElement } from '../view/act-element.js';
import { atMost } from '../view/at-most.js';
import { icon } from '../view/icons.js';
import { paneHead } from '../view/pane.js';
import { accountOf } from './account.js';

class MePassword extends ActElement {
  static properties = { saved: { state: true }, shown: { state: true } };

  constructor() {
    super();
    this.saved = false;
    this.shown = false;
  }

  render() {
    return html`
      <main class="pane">
        ${paneHead(t('me.password'), '#me')}
        <form class="pane-body form" @submit=${this.#submit} aria-busy=${this.busy}>
          <p class="hint">${t('me.password-text')}</p>
          <input class="for-screen-reader" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${this.#loginName()}>
          <label for="current-password">${t('me.current-password')}</label>
          <input id="current-password" name="current" data-testid="current-password" type=${this.shown ? 'text' : 'password'} required maxlength=${atMost(limits.passwordChars)} autocomplete="current-password">
          <label for="new-password">${t('me.new-password')}</label>
          <span class="with-button">
            <input id="new-password" name="password" data-testid="new-password" type=${this.shown ? 'text' : 'password'} required minlength=${limits.passwordCharsMin} maxlength=${atMost(limits.passwordChars)} autocomplete="new-password">
            <button class="icon-button" type="button" aria-label=${t('sign-in.show-password')} aria-pressed=${this.shown} @click=${() => (this.shown = !this.shown)}>${icon('eye')}</button>
          </span>
          <p class="hint">${t('sign-in.password-rule', { n: limits.passwordCharsMin })}</p>
          <label for="repeat-password">${t('me.repeat-password')}</label>
          <input id="repeat-password" name="repeated" data-testid="repeat-password" type=${this.shown ? 'text' : 'password'} required maxlength=${atMost(limits.passwordChars)} autocomplete="new-password">
          <p class="fault" role="alert" data-testid="password-fault">${this.fault || nothing}</p>
          <p class="saved" role="status" data-testid=${this.saved ? 'saved' : nothing}>${this.saved ? t('me.password-set') : nothing}</p>
          <button class="primary" type="submit" data-testid="set-password" ?disabled=${this.busy}>${t('me.set-password')}</button>
        </form>
      </main>`;
  }

  /// A password manager has to know whose password it is.
  #loginName() {
    const names = accountOf(this.store).profile?.login_names ?? {};
    return names.nickname || names.username || names.phone || names.email || '';
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const { password, repeated, current } = Object.fromEntries(new FormData(form));
    this.saved = false;
    if (password !== repeated) return (this.fault = t('me.password-differs'));
    await this.act(async () => {
      await accountOf(this.store).setPassword(password, repeated, current);
      form.reset();
      this.saved = true;
    });
  }
}

customElements.define('me-password', MePassword);
