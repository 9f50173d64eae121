/// One row of a chat. These are templates, not elements: the list measures its height right after rendering, and
/// nested elements would render later.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { clock, dayName } from '../format.js';
import { t } from '../i18n.js';
import { KINDS } from '../kinds/index.js';
import { isForwardable } from '../model/forwarding.js';
import { isLine } from '../model/lines.js';
import { avatar } from '../view/avatar.js';
import { icon } from '../view/icons.js';
import { cover, isCovered } from './cover.js';
import { lineRow } from './line-row.js';
import { previewCard } from './preview-card.js';
import { quote } from './quote.js';
import { reactions } from './reactions.js';
import { showReaders } from './readers.js';
import { menuName, recalledBy, said, selectName } from './summary.js';
import { waitingRow } from './waiting-row.js';

/// `view` is `{store, chat, isGroup, lastMine, flash, selected, on}`: `lastMine` is the seq of one's last message, `flash`
/// the id of a row to point out, `selected` the selected messages by seq, null where none are being selected, `on` what its
/// buttons call.
export function messageRow(row, view) {
  return html`<div class="chat-row ${view.flash === row.id ? 'flash' : ''}" data-row=${row.id}>${inside(row, view)}</div>`;
}

function inside(row, view) {
  if (row.type === 'day') return html`<p class="day-line"><span>${dayName(row.createdAt)}</span></p>`;
  if (row.type === 'unread') return html`<p class="unread-line"><span>${t('chat.unread-line')}</span></p>`;
  if (row.waiting) return waitingRow(row, view);
  if (isLine(row.message)) return lineRow(row, view);
  return row.message.recalled ? recalledRow(row, view) : storedRow(row, view);
}

function storedRow({ message, mine, joined }, view) {
  const { store, chat, isGroup, selected, on } = view;
  const kind = KINDS[message.kind];
  const covered = isCovered(message, view);
  const content = covered ? cover(message, view) : kind ? kind.render(message.content, { message, store, chat }) : html`<p class="text unknown">${t('message.unknown')}</p>`;
  const sender = store.directory.user(message.senderId);
  const named = !mine && message.atUserIds.includes(store.me);
  const bare = kind?.bare && !covered && !message.replyToSeq;
  const menu = (event) => {
    event.preventDefault();
    on.menu(message, event.currentTarget.closest('.message').querySelector('.message-more'));
  };
  return html`
    <article class="message ${mine ? 'mine' : 'theirs'} ${joined ? 'joined' : ''} ${named ? 'names-me' : ''} ${selected ? 'selecting' : ''}" data-testid="message"
      data-seq=${message.seq} data-kind=${message.kind} data-state=${mine ? 'sent' : nothing} aria-posinset=${message.seq}
      aria-setsize=${store.conversation(chat).lastSeq} tabindex="-1"
      aria-label=${`${t('message.from', { name: mine ? t('message.you') : sender.name, text: said(message) })} ${clock(message.createdAt)}`}>
      ${selected ? selectBox(message, view) : nothing}
      ${isGroup && !mine ? (joined ? html`<span class="avatar-gap"></span>` : avatar(sender)) : nothing}
      <div class="bubble-column" ?inert=${Boolean(selected)}>
        <div class="bubble ${bare ? 'bare' : ''}" @contextmenu=${menu}>
          ${isGroup && !mine && !joined
            ? html`<p class="sender" dir="auto">${sender.name}</p>`
            : html`<span class="for-screen-reader">${mine ? t('message.you') : sender.name}</span>`}
          ${message.replyToSeq ? quote(message.replyToSeq, view) : nothing} ${content} ${previewCard(message, view)}
          <footer class="meta">
            ${marks(message)}
            ${message.editedAt ? html`<span data-testid="edited" title=${clock(message.editedAt)}>${t('message.edited')}</span>` : nothing}
            <time datetime=${new Date(message.createdAt).toISOString()}>${clock(message.createdAt)}</time>
            ${mine ? sentMark(message, view) : nothing}
          </footer>
        </div>
        ${message.reactions.length > 0 ? reactions(message, store) : nothing}
      </div>
      ${selected ? nothing : html`<button class="icon-button small message-more" type="button" aria-haspopup="menu" aria-label=${menuName(message)}
        data-testid="message-menu" @click=${menu}>${icon('more')}</button>`}
    </article>`;
}

function marks({ pinnedAt, starred }) {
  const one = (on, shape, name) =>
    on ? html`<span class="mark" role="img" aria-label=${t(name)} title=${t(name)} data-testid="mark-${shape}">${icon(shape)}</span>` : nothing;
  return [one(starred, 'star', 'message.starred'), one(pinnedAt, 'pinned', 'message.pinned')];
}

/// Lies over the whole message, so that a click anywhere selects it.
function selectBox(message, { selected, on }) {
  if (!isForwardable(message)) return nothing;
  return html`
    <label class="select-cover"><input class="select-box" type="checkbox" data-testid="select-box" aria-label=${selectName(message)}
      .checked=${live(selected.has(message.seq))} @change=${() => on.select(message)}></label>`;
}

function recalledRow({ message }, { store }) {
  return html`
    <p class="recalled" data-testid="message" data-seq=${message.seq} data-state="recalled">
      ${recalledBy(message, store)}
    </p>`;
}

/// In a chat of two, a second tick once the other side has read it; in a group, how many have read one's last message.
function sentMark(message, { store, chat, isGroup, lastMine }) {
  const { seq } = message;
  if (isGroup && seq === lastMine) {
    const count = store.readCounts.of(message);
    if (count > 0) return readBy(message, count, store);
  }
  const read = !isGroup && store.conversation(chat).peerReadSeq >= seq;
  const label = t(read ? 'message.read' : 'message.sent');
  return html`<span class="mark ${read ? 'read' : ''}" role="img" aria-label=${label} title=${label}
    data-testid="mark" data-read=${read}>${icon(read ? 'checks' : 'check')}</span>`;
}

function readBy(message, count, store) {
  return html`
    <button class="read-by" type="button" data-testid="read-by" data-count=${count} @click=${() => showReaders(message, store)}>
      <span class="mark read">${icon('checks')}</span>${t('message.read-by', { n: count })}</button>`;
}
