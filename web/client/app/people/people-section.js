/// Contacts and groups: the list beside what was picked of it; one of the two on a phone.

import { html } from 'lit';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { emptyNote } from '../view/pane.js';
import './contact-list.js';
import './find-people.js';
import './group-list.js';
import './group-page.js';
import './new-group.js';
import './people-list.js';
import './requests-pane.js';
import './user-card.js';

const DETAILS = {
  user: (store, id) => html`<user-card .store=${store} .userId=${id}></user-card>`,
  group: (store, id, part) => html`<group-page .store=${store} .groupId=${id} .part=${part ?? ''}></group-page>`,
  requests: (store) => html`<requests-pane .store=${store}></requests-pane>`,
  find: (store) => html`<find-people .store=${store}></find-people>`,
  groups: (store) => html`<group-list .store=${store}></group-list>`,
  discover: (store) => html`<group-list .store=${store} .discover=${true}></group-list>`,
  'new-group': (store) => html`<new-group .store=${store}></new-group>`,
  following: (store) => html`<people-list .store=${store} .which=${'following'}></people-list>`,
  followers: (store) => html`<people-list .store=${store} .which=${'followers'}></people-list>`,
  blocked: (store) => html`<people-list .store=${store} .which=${'blocked'}></people-list>`,
};

class PeopleSection extends ParleyElement {
  static properties = { path: { attribute: false } };

  render() {
    const [what, ...more] = this.path;
    const detail = DETAILS[what];
    return html`
      <div class="panes" data-pane=${detail ? 'detail' : 'list'}>
        <contact-list .store=${this.store} .current=${this.path.join('/')}></contact-list>
        ${detail ? detail(this.store, ...more) : html`<main class="pane">${emptyNote('people', t('people.pick'), t('people.pick-hint'))}</main>`}
      </div>`;
  }
}

customElements.define('people-section', PeopleSection);
