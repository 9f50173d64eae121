/// The symbols under a message: how often, whether by oneself, and by whom. A click gives the same, or takes it back.

import { html } from 'lit';
import { t } from '../i18n.js';
import { react } from '../model/deeds.js';

/// The symbols that the menu of a message offers at once.
export const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

export function reactions(message, store) {
  return html`
    <div class="reactions">
      ${message.reactions.map(({ symbol, count, userIds }) => {
        const names = who(userIds, count, store);
        return html`
          <button class="reaction" type="button" data-testid="reaction" data-symbol=${symbol} data-count=${count} title=${names}
            aria-label=${t('message.reacted', { symbol, names })} aria-pressed=${userIds.includes(store.me)}
            @click=${() => toggle(store, message, symbol)}><span>${symbol}</span>${count}</button>`;
      })}
    </div>`;
}

export function toggle(store, message, symbol) {
  react(store, message, symbol).catch((fault) => store.tell(fault.message));
}

function who(userIds, count, store) {
  const names = userIds.map((id) => (id === store.me ? t('message.you') : store.directory.user(id).name));
  if (count > userIds.length) names.push(t('message.more-people', { n: count - userIds.length }));
  return names.join(t('list.separator'));
}
