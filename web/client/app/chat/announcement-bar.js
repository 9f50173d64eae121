/// What a group announces, above its messages, until the user puts it away. On screen it counts as seen.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { announcement, putAway, see } from '../model/announcements.js';
import { targetOf } from '../model/wire.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';

class AnnouncementBar extends ParleyElement {
  static properties = { chat: { attribute: false } };

  render() {
    const text = announcement(this.#group, this.store);
    if (!text) return nothing;
    return html`
      <section class="announcement-bar" aria-label=${t('group.announcement')} data-testid="announcement-bar">
        ${icon('megaphone')}
        <a href="#people/group/${this.#group}" dir="auto" data-testid="announced-text">${text}</a>
        <button class="icon-button small" type="button" data-testid="announcement-away" aria-label=${t('chat.announcement-away')}
          title=${t('chat.announcement-away')} @click=${() => putAway(this.#group, this.store)}>${icon('close')}</button>
      </section>`;
  }

  updated() {
    if (document.visibilityState === 'visible') see(this.#group, this.store);
  }

  get #group() {
    return targetOf(this.chat).groupId ?? '';
  }
}

customElements.define('announcement-bar', AnnouncementBar);
