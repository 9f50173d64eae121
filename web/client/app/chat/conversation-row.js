/// One conversation in the list: who, what was said last or who is writing, and what waits.

import { html, nothing } from 'lit';
import { shortTime } from '../format.js';
import { t } from '../i18n.js';
import { plainText } from '../markup.js';
import { unseen } from '../model/announcements.js';
import { avatar } from '../view/avatar.js';
import { icon } from '../view/icons.js';
import { summary } from './summary.js';

// A line has no room for more.
const DRAFT_CHARS = 200;

/// `current`: whether it is the one on screen.
export function conversationRow(conversation, { store, current }) {
  const { key, id, groupId, userId, lastMessage, updatedAt, muted, pinned } = conversation;
  const entry = groupId ? store.directory.group(groupId) : store.directory.user(userId);
  const online = !groupId && store.presence.of(userId).online;
  const stale = store.connection !== 'online';
  return html`
    <a class="conversation" href="#${key}" data-testid="conversation" data-conversation-id=${id} data-key=${key}
      data-pinned=${pinned} data-muted=${muted} aria-current=${current ? 'true' : 'false'}>
      <span class="with-dot">${avatar(entry, Boolean(groupId))}
        ${online ? html`<span class="online-dot" role="img" aria-label=${t(stale ? 'presence.was-online' : 'presence.online')} data-stale=${stale}
          data-testid="online-dot"></span>` : nothing}</span>
      <span class="conversation-name"><span dir="auto">${nameOf(conversation, store)}</span>
        ${pinned ? icon('pinned') : nothing} ${muted ? icon('bell-off') : nothing}</span>
      <time class="conversation-time">${lastMessage ? shortTime(updatedAt) : nothing}</time>
      <span class="conversation-preview" data-testid="preview" dir="auto">${preview(conversation, store, current)}</span>
      ${badges(conversation, unseen(conversation, store), store.unreadMarks.has(key))}
    </a>`;
}

/// Who or what it is with; '…' until that is known, and a group that is gone goes by its number where its name never was.
export function nameOf({ id, groupId, userId }, { directory }) {
  const { missing, name } = groupId ? directory.group(groupId) : directory.user(userId);
  if (missing && id && groupId) return t('chat.group-number', { id: groupId });
  return missing && (groupId || !id) ? t('chat.nobody') : name || '…';
}

function preview({ key, id, groupId, lastMessage }, store, current) {
  const [writer] = store.presence.typing(id);
  if (writer) {
    const { name } = store.directory.user(writer);
    return html`<span class="typing">${groupId ? t('presence.typing-name', { name }) : t('presence.typing')}</span>`;
  }
  const draft = current ? '' : store.drafts.of(key).text.trim();
  if (draft) return html`<span class="draft" data-testid="draft">${t('list.draft')}</span>${plainText(draft.slice(0, DRAFT_CHARS))}`;
  const failed = store.outbox.of(key).some((item) => item.state === 'failed');
  return html`${failed ? html`<span class="failed">${icon('alert')}</span>` : nothing}${summary(lastMessage, store, Boolean(groupId))}`;
}

function badges({ unread, mentioned, muted }, announced, marked) {
  if (unread === 0 && !announced && !marked) return nothing;
  return html`
    <span class="badges">
      ${announced ? html`<span class="badge mention" data-testid="announced" role="img" aria-label=${t('list.announced')}>${icon('megaphone')}</span>` : nothing}
      ${mentioned > 0 ? html`<span class="badge mention" data-testid="mentioned" role="img" aria-label=${t('list.mentioned', { n: mentioned })}>@</span>` : nothing}
      ${unread > 0 ? html`<span class="badge ${muted ? 'quiet' : ''}" data-testid="unread" role="img" aria-label=${t('list.unread', { n: unread })}>${unread > 99 ? '99+' : unread}</span>`
        : marked ? html`<span class="badge dot" data-testid="marked" role="img" aria-label=${t('list.marked')}></span>` : nothing}
    </span>`;
}
