/// What can be done with a conversation that a stranger began, below its messages: to accept it, to put it away, to block
/// or report who began it. An answer accepts it too.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { acceptRequest, arrange } from '../model/deeds.js';
import { friendsOf } from '../people/friends.js';
import { attempt } from '../view/attempt.js';
import { ParleyElement } from '../view/element.js';
import { report } from '../view/report.js';

class RequestBar extends ParleyElement {
  static properties = { chat: { attribute: false } };

  render() {
    const conversation = this.store.conversation(this.chat);
    if (!conversation.request) return nothing;
    const { name } = this.store.directory.user(conversation.userId);
    const accept = () => attempt(this.store, () => acceptRequest(this.store, conversation));
    return html`
      <section class="request-bar" aria-label=${t('request.title')} data-testid="request-bar">
        <p dir="auto">${t('request.text', { name })}</p>
        <div class="request-deeds">
          <button class="primary small" type="button" data-testid="request-accept" @click=${accept}>${t('request.accept')}</button>
          <button class="plain" type="button" data-testid="request-delete" @click=${() => this.#putAway(conversation)}>${t('request.delete')}</button>
          <button class="plain danger" type="button" data-testid="request-block" @click=${() => this.#block(conversation)}>${t('request.block')}</button>
          <button class="quiet-button" type="button" data-testid="request-report"
            @click=${() => report(this.store, 'ACCOUNT', conversation.userId, conversation.userId)}>${t('request.report')}</button>
        </div>
      </section>`;
  }

  /// It comes back if the stranger writes again.
  async #putAway(conversation) {
    if (await attempt(this.store, () => arrange(this.store, conversation, { hidden: true }))) this.#leave(conversation);
  }

  async #block(conversation) {
    const block = async () => {
      await friendsOf(this.store).block(conversation.userId, true);
      await arrange(this.store, conversation, { hidden: true });
    };
    if (await attempt(this.store, block, t('request.blocked'))) this.#leave(conversation);
  }

  #leave({ key }) {
    this.store.drafts.drop(key);
    if (this.store.openKey === key) location.hash = '';
  }
}

customElements.define('request-bar', RequestBar);
