/// What a stranger sent is not fetched before the user wants to see it.

import { html } from 'lit';
import { t } from '../i18n.js';
import { icon } from '../view/icons.js';

/// Of these the page fetches something by itself.
const FETCHED = ['image', 'video', 'sound', 'location'];

// A content never changes.
const uncovered = new WeakSet();

/// Whether `message` is to be covered in its conversation.
export function isCovered({ kind, content, senderId }, { store, chat }) {
  return FETCHED.includes(kind) && senderId !== store.me && store.conversation(chat).request && !uncovered.has(content);
}

export function cover({ kind, content }, { store }) {
  const uncover = () => {
    uncovered.add(content);
    store.changed();
  };
  return html`
    <button class="card cover" type="button" data-testid="uncover" @click=${uncover}>
      <span class="card-row"><span class="card-icon">${icon(kind)}</span>
        <span class="card-lines"><strong>${t(`kind.${kind}`)}</strong><small>${t('request.show')}</small></span></span>
    </button>`;
}
