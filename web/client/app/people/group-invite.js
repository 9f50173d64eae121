/// Brings friends into a group: `.open`.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { paneHead } from '../view/pane.js';
import './friend-picker.js';

class GroupInvite extends ParleyElement {
  static properties = { open: { attribute: false }, chosen: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.chosen = new Set();
    this.busy = false;
  }

  render() {
    if (!this.open.group) return nothing;
    const members = new Set([...this.open.members.items, ...this.open.invited.items].map(({ user }) => user.id));
    return html`
      <main class="pane">
        ${paneHead(t('group.invite-to', { name: this.open.group.name }), `#people/group/${this.open.id}`)}
        <form class="pane-body form" @submit=${this.#submit}>
          <friend-picker .store=${this.store} .without=${members} @chosen=${(event) => (this.chosen = event.detail)}></friend-picker>
          <button class="primary" type="submit" data-testid="bring-in" ?disabled=${this.busy || this.chosen.size === 0}>${t('group.bring-in', { n: this.chosen.size })}</button>
        </form>
      </main>`;
  }

  async #submit(event) {
    event.preventDefault();
    this.busy = true;
    const failed = [];
    let asked = 0;
    for (const id of this.chosen) {
      await this.open.invite(id).then((member) => (asked += member ? 0 : 1)).catch((fault) => failed.push(fault.message));
    }
    this.busy = false;
    if (asked > 0) this.store.tell(t('group.asked', { n: asked }));
    if (failed.length > 0) this.store.tell(failed[0]);
    else location.replace(`#people/group/${this.open.id}`);
  }
}

customElements.define('group-invite', GroupInvite);
