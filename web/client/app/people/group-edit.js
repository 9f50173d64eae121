/// Changes the name, introduction and picture of a group: `.open`.

import { html, nothing } from 'lit';
import * as api from '../api.js';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { savedToken } from '../session.js';
import { ActElement } from '../view/act-element.js';
import { avatar } from '../view/avatar.js';
import { cropPicture, PICTURES } from '../view/crop-picture.js';
import { paneHead } from '../view/pane.js';

class GroupEdit extends ActElement {
  static properties = { open: { attribute: false } };

  render() {
    if (!this.open.group) return nothing;
    const { group } = this.open;
    return html`
      <main class="pane">
        ${paneHead(t('group.edit'), `#people/group/${group.id}`)}
        <form class="pane-body form" @submit=${this.#submit} aria-busy=${this.busy}>
          <label class="picture-field">
            ${avatar({ id: group.id, name: group.name, avatarUrl: group.avatar_url }, true)}
            <span class="plain">${t('picture.change')}</span>
            <input class="for-screen-reader" type="file" accept=${PICTURES} data-testid="group-picture" @change=${this.#picture}>
          </label>
          <label for="group-edit-name">${t('group.name')}</label>
          <input id="group-edit-name" name="name" data-testid="group-edit-name" maxlength=${FIXED.groupNameChars} required autocomplete="off" .value=${group.name}>
          <label for="group-edit-intro">${t('group.introduction')}</label>
          <textarea id="group-edit-intro" dir="auto" name="introduction" data-testid="group-edit-intro" rows="3" maxlength=${FIXED.introductionChars} .value=${group.introduction}></textarea>
          <p class="fault" role="alert">${this.fault || nothing}</p>
          <button class="primary" type="submit" data-testid="save-group" ?disabled=${this.busy}>${t('save')}</button>
        </form>
      </main>`;
  }

  async #picture(event) {
    const [file] = event.target.files;
    event.target.value = '';
    if (!file) return;
    await this.act(async () => {
      const cropped = await cropPicture(file);
      if (!cropped) return;
      const { url } = await api.uploadImage(cropped, savedToken());
      await this.open.update({ avatar_url: url });
    });
  }

  async #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    await this.act(async () => {
      await this.open.update({ name: form.get('name'), introduction: form.get('introduction') });
      location.replace(`#people/group/${this.open.id}`);
    });
  }
}

customElements.define('group-edit', GroupEdit);
