/// The own account: what there is beside what was picked of it; one of the two on a phone.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { accountOf } from './account.js';
import '../own-texts.js';
import './me-devices.js';
import './me-email.js';
import './me-export.js';
import './me-leave.js';
import './me-looks.js';
import './me-password.js';
import './me-privacy.js';
import './me-profile.js';
import './me-reports.js';
import './me-totp.js';

const PARTS = {
  profile: ['person', (store) => html`<me-profile .store=${store}></me-profile>`],
  password: ['key', (store) => html`<me-password .store=${store}></me-password>`],
  email: ['mail', (store, [code = '']) => html`<me-email .store=${store} .code=${code}></me-email>`],
  totp: ['shield', (store) => html`<me-totp .store=${store}></me-totp>`],
  devices: ['device', (store) => html`<me-devices .store=${store}></me-devices>`],
  privacy: ['lock', (store) => html`<me-privacy .store=${store}></me-privacy>`],
  reports: ['flag', (store) => html`<me-reports .store=${store}></me-reports>`],
  looks: ['sun', (store) => html`<me-looks .store=${store}></me-looks>`],
  export: ['down', (store) => html`<me-export .store=${store}></me-export>`],
  leave: ['trash', (store) => html`<me-leave .store=${store}></me-leave>`],
};

class MeSection extends ParleyElement {
  static properties = { path: { attribute: false } };

  render() {
    const part = PARTS[this.path[0]] ? this.path[0] : '';
    return html`
      <div class="panes" data-pane=${part ? 'detail' : 'list'}>
        ${this.#menu(part || 'profile')} ${PARTS[part || 'profile'][1](this.store, this.path.slice(1))}
      </div>`;
  }

  #menu(current) {
    const account = accountOf(this.store);
    const me = this.store.directory.user(this.store.me);
    return html`
      <aside class="side me-side" aria-label=${t('me.title')}>
        <header class="me-head">
          ${avatar(me)}
          <h1 data-testid="own-name">${me.name || '…'}</h1>
        </header>
        <nav class="me-ways" aria-label=${t('me.title')}>
          ${Object.entries(PARTS).map(([name, [shape]]) => html`
            <a class="way" href="#me/${name}" data-testid="me-${name}" aria-current=${name === current ? 'page' : nothing}>
              ${icon(shape)}<span>${t(`me.${name}`)}</span>${icon('right')}</a>`)}
          ${account.admin ? html`<a class="way" href="/admin" data-testid="admin-console">${icon('gear')}<span>${t('me.admin')}</span>${icon('right')}</a>` : nothing}
          <button class="way" type="button" data-testid="sign-out" @click=${this.#signOut}>${icon('exit')}<span>${t('sign-out')}</span></button>
        </nav>
      </aside>`;
  }

  #signOut() {
    this.dispatchEvent(new CustomEvent('sign-out', { bubbles: true }));
  }
}

customElements.define('me-section', MeSection);
