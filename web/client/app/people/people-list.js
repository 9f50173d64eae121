/// Who is followed, who follows, who is blocked: `.which` is the name of the list in the friends' shelf.

import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../i18n.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import '../view/list-end.js';
import { emptyNote, paneHead, personRow } from '../view/pane.js';
import { friendsOf } from './friends.js';

const UNDO = {
  following: (friends, id) => friends.follow(id, false),
  blocked: (friends, id) => friends.block(id, false),
};
const SHAPES = { following: 'star', followers: 'heart', blocked: 'block' };

class PeopleList extends ParleyElement {
  static properties = { which: { attribute: false } };

  render() {
    const friends = friendsOf(this.store);
    const list = friends[this.which];
    return html`
      <main class="pane" data-testid="people-${this.which}">
        ${paneHead(t(`people.${this.which}`), '#people')}
        <div class="pane-body">
          <ul class="rows">
            ${repeat(list.items, ({ user }) => user.id, ({ user }) => personRow(user, { hint: user.extra, actions: this.#undo(friends, user) }))}
          </ul>
          <list-end .store=${this.store} .listing=${list}
            .empty=${emptyNote(SHAPES[this.which], t(`people.no-${this.which}`), t(`people.no-${this.which}-hint`))}></list-end>
        </div>
      </main>`;
  }

  #undo(friends, user) {
    const undo = UNDO[this.which];
    if (!undo) return undefined;
    return html`<button class="plain" type="button" data-testid="undo" @click=${() => attempt(this.store, () => undo(friends, user.id))}>
      ${t(`people.undo-${this.which}`)}</button>`;
  }
}

customElements.define('people-list', PeopleList);
