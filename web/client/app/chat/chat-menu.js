/// What can be done with a conversation as a whole, from its head: search in it, see what was shared, or go to a day of it.

import { t } from '../i18n.js';
import { firstSince } from '../model/dates.js';
import { ask } from '../view/ask.js';
import { attempt } from '../view/attempt.js';
import { openMenu } from './popup.js';
import { showShared } from './shared-media.js';

/// `search()` goes to the search.
export function chatMenu(anchor, chat, store, search) {
  openMenu(anchor, t('chat.menu'), [
    { label: t('chat.search'), icon: 'search', testid: 'chat-search', act: search },
    { label: t('shared.title'), icon: 'image', testid: 'chat-shared', act: () => showShared(store, chat) },
    { label: t('chat.date'), icon: 'calendar', testid: 'chat-date', act: () => goToDate(chat, store) },
  ]);
}

async function goToDate(chat, store) {
  const day = await ask({
    title: t('chat.date'),
    action: t('chat.date-go'),
    field: { label: t('chat.date-label'), type: 'date', max: today(), required: true },
  });
  if (!day) return;
  await attempt(store, async () => {
    // Without a zone it is the reader's midnight.
    const seq = await firstSince(store, chat, new Date(`${day}T00:00`).getTime());
    if (seq === 0) store.tell(t('chat.date-none'));
    // The reader may have gone elsewhere meanwhile.
    else if (store.openKey === chat) store.seek(chat, seq);
  });
}

/// As a date is typed.
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
