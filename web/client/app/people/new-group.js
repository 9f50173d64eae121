/// Makes a group: its name, who may come in, and the friends to begin with.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { ActElement } from '../view/act-element.js';
import { paneHead } from '../view/pane.js';
import './friend-picker.js';
import { groupsOf } from './groups.js';
import { policyField } from './policy-field.js';

class NewGroup extends ActElement {
  #members = new Set();

  render() {
    return html`
      <main class="pane">
        ${paneHead(t('group.new'), '#people/groups')}
        <form class="pane-body form" @submit=${this.#submit} aria-busy=${this.busy}>
          <label for="new-group-name">${t('group.name')}</label>
          <input id="new-group-name" name="name" data-testid="new-group-name" maxlength=${FIXED.groupNameChars} required autocomplete="off">
          <label for="new-group-intro">${t('group.introduction')}</label>
          <textarea id="new-group-intro" dir="auto" name="introduction" data-testid="new-group-intro" rows="2" maxlength=${FIXED.introductionChars}></textarea>
          ${policyField('JOIN_OPEN')}
          <h3>${t('group.pick-friends')}</h3>
          <friend-picker .store=${this.store} @chosen=${(event) => (this.#members = event.detail)}></friend-picker>
          <p class="fault" role="alert">${this.fault || nothing}</p>
          <button class="primary" type="submit" data-testid="make-group" ?disabled=${this.busy}>${t('group.create')}</button>
        </form>
      </main>`;
  }

  firstUpdated() {
    this.querySelector('input').focus();
  }

  async #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    await this.act(async () => {
      const { id, missed, asked } = await groupsOf(this.store).create({
        name: form.get('name'),
        introduction: form.get('introduction'),
        policy: form.get('policy'),
        members: this.#members,
      });
      if (asked.length > 0) this.store.tell(t('group.asked', { n: asked.length }));
      if (missed.length > 0) this.store.tell(t('group.missed', { n: missed.length }));
      location.replace(`#people/group/${id}`);
    });
  }
}

customElements.define('new-group', NewGroup);
