/// What others see of the account, to be changed, and the names that log in.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { longDate } from '../format.js';
import { t } from '../i18n.js';
import { openInviteMaker } from '../invite/invite-maker.js';
import { FIXED, limits } from '../limits.js';
import { timeOf } from '../model/wire.js';
import { savedToken } from '../session.js';
import { ActElement } from '../view/act-element.js';
import { atMost } from '../view/at-most.js';
import { avatar } from '../view/avatar.js';
import { cropPicture, PICTURES } from '../view/crop-picture.js';
import { icon } from '../view/icons.js';
import { paneHead } from '../view/pane.js';
import { accountOf } from './account.js';

const GENDERS = ['Unknown', 'Female', 'Male'];
const LOGIN_NAMES = ['nickname', 'username', 'phone', 'email'];

class MeProfile extends ActElement {
  static properties = { progress: { state: true }, saved: { state: true } };

  constructor() {
    super();
    this.progress = -1;
    this.saved = false;
  }

  render() {
    const { profile } = accountOf(this.store);
    return html`
      <main class="pane">
        ${paneHead(t('me.profile'), '#me')}
        <div class="pane-body">
          ${profile ? this.#form(profile) : html`<p class="loading" role="status"><span class="spinner"></span>${t('list-end.loading')}</p>`}
        </div>
      </main>`;
  }

  #form(profile) {
    return html`
      <form class="form" @submit=${this.#submit} @input=${() => (this.saved = false)} aria-busy=${this.busy}>
        <label class="picture-field">
          ${avatar({ id: profile.id, name: profile.nickname, avatarUrl: profile.avatar_url })}
          <span class="plain">${t('picture.change')}</span>
          <input class="for-screen-reader" type="file" accept=${PICTURES} data-testid="own-picture" @change=${this.#picture}>
          ${this.progress >= 0 ? html`<progress max="1" .value=${this.progress} aria-label=${t('me.uploading')}></progress>` : nothing}
        </label>
        <label for="me-nickname">${t('me.nickname')}</label>
        <input id="me-nickname" name="nickname" data-testid="own-nickname" maxlength=${atMost(limits.nicknameChars)} required autocomplete="nickname" .value=${profile.nickname}>
        <p class="hint">${t('me.nickname-hint')}</p>
        <label for="me-gender">${t('me.gender')}</label>
        <select id="me-gender" name="gender" data-testid="own-gender">
          ${GENDERS.map((each) => html`<option value=${each} ?selected=${each === profile.gender} .selected=${each === profile.gender}>${t(`gender.${each}`)}</option>`)}
        </select>
        <label for="me-extra">${t('me.extra')}</label>
        <textarea id="me-extra" dir="auto" name="extra" data-testid="own-extra" rows="3" maxlength=${FIXED.aboutChars} .value=${profile.extra}></textarea>
        <p class="fault" role="alert" data-testid="profile-fault">${this.fault || nothing}</p>
        <p class="saved" role="status" data-testid=${this.saved ? 'saved' : nothing}>${this.saved ? t('saved') : nothing}</p>
        <button class="primary" type="submit" data-testid="save-profile" ?disabled=${this.busy}>${t('save')}</button>
      </form>
      <p><button class="plain" type="button" data-testid="invite-by-link" @click=${() => openInviteMaker(this.store, null)}>${icon('link')}${t('invite.by-link')}</button></p>
      <h3>${t('me.login-names')}</h3>
      <dl class="facts">
        ${LOGIN_NAMES.filter((kind) => profile.login_names[kind]).map((kind) => html`
          <div><dt>${t(`me.login-${kind}`)}</dt><dd data-testid="login-${kind}">${profile.login_names[kind]}</dd></div>`)}
        <div><dt>${t('me.since')}</dt><dd>${longDate(timeOf(profile.created_at))}</dd></div>
      </dl>
      <p class="hint">${t('me.login-hint')}</p>`;
  }

  async #submit(event) {
    event.preventDefault();
    const { nickname, gender, extra } = Object.fromEntries(new FormData(event.target));
    await this.#save(() => accountOf(this.store).update({ nickname, gender, extra }));
  }

  async #picture(event) {
    const [file] = event.target.files;
    event.target.value = '';
    if (!file) return;
    await this.#save(async () => {
      const cropped = await cropPicture(file);
      if (!cropped) return false;
      const { url } = await api.uploadImage(cropped, savedToken(), { progress: (part) => (this.progress = part) });
      await accountOf(this.store).setAvatar(url);
      return true;
    });
    this.progress = -1;
  }

  /// `work` gives false where there was nothing to save after all.
  async #save(work) {
    this.saved = false;
    await this.act(async () => (this.saved = (await work()) !== false));
  }
}

customElements.define('me-profile', MeProfile);
