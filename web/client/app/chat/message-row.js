/// One row of a chat. These are templates, not elements: the list measures its height right after rendering, and
/// nested elements would render later.

import { html, nothing } from 'lit';
import { clock, dayName } from '../format.js';
import { t } from '../i18n.js';
import { renderPreview } from '../kinds/image.js';
import { KINDS } from '../kinds/index.js';
import { avatar } from '../view/avatar.js';
import { icon } from '../view/icons.js';

/// `view` is `{store, chat, isGroup}`.
export function messageRow(row, view) {
  if (row.type === 'day') return html`<p class="day-line"><span>${dayName(row.createdAt)}</span></p>`;
  if (row.type === 'unread') return html`<p class="unread-line"><span>${t('chat.unread-line')}</span></p>`;
  if (row.waiting) return waitingRow(row, view);
  return row.message.recalled ? recalledRow(row, view) : storedRow(row, view);
}

function storedRow({ message, mine, joined }, view) {
  const kind = KINDS[message.kind];
  const inside = kind ? kind.render(message.content) : html`<p class="text unknown">${t('message.unknown')}</p>`;
  const sender = view.store.directory.user(message.senderId);
  return html`
    <article class=${classes(mine, joined, view)} data-testid="message" data-seq=${message.seq} data-kind=${message.kind}
      data-state=${mine ? 'sent' : nothing}>
      ${view.isGroup && !mine ? (joined ? html`<span class="avatar-gap"></span>` : avatar(sender)) : nothing}
      <div class="bubble ${kind?.bare ? 'bare' : ''}">
        ${view.isGroup && !mine && !joined ? html`<p class="sender">${sender.name}</p>` : nothing}
        ${inside}
        <footer class="meta">
          <time datetime=${new Date(message.createdAt).toISOString()}>${clock(message.createdAt)}</time>
          ${mine ? sentMark(message, view) : nothing}
        </footer>
      </div>
      ${menu(message, mine, view)}
    </article>`;
}

function waitingRow({ waiting, joined }, view) {
  const { clientMessageId: id, kind, content, preview, state, error } = waiting;
  const failed = state === 'failed';
  return html`
    <article class="${classes(true, joined, view)} ${failed ? 'failed' : 'waiting'}" data-testid="message" data-state=${state}
      data-kind=${kind}>
      <div class="bubble ${KINDS[kind].bare ? 'bare' : ''}">
        ${preview ? renderPreview(preview) : KINDS[kind].render(content)}
        ${failed
          ? nothing
          : html`<footer class="meta"><span class="mark" role="img" aria-label=${t('message.sending')}>${icon('clock')}</span></footer>`}
        ${failed
          ? html`<p class="failure" role="alert">${icon('alert')}<span>${t('message.failed')}: ${error}</span>
              <button class="link-button" type="button" data-testid="retry" @click=${() => view.store.outbox.retry(id)}>${t('message.retry')}</button>
              <button class="link-button" type="button" @click=${() => view.store.outbox.remove(id)}>${t('message.discard')}</button></p>`
          : nothing}
      </div>
    </article>`;
}

function recalledRow({ message, mine }, view) {
  const { name } = view.store.directory.user(message.senderId);
  return html`
    <p class="recalled" data-testid="message" data-seq=${message.seq} data-state="recalled">
      ${mine ? t('message.recalled-you') : t('message.recalled', { name })}
    </p>`;
}

function classes(mine, joined, { isGroup }) {
  return `message ${mine ? 'mine' : 'theirs'} ${joined ? 'joined' : ''} ${isGroup ? 'in-group' : ''}`;
}

/// In a chat of two, a second tick once the other side has read it.
function sentMark({ seq }, { store, chat, isGroup }) {
  const read = !isGroup && store.conversation(chat).peerReadSeq >= seq;
  const label = t(read ? 'message.read' : 'message.sent');
  return html`<span class="mark ${read ? 'read' : ''}" role="img" aria-label=${label} title=${label}>${icon(read ? 'checks' : 'check')}</span>`;
}

function menu(message, mine, { store }) {
  const text = message.kind === 'text' ? message.content.content : '';
  if (!mine && !text) return nothing;
  return html`
    <details class="menu">
      <summary class="icon-button small" aria-label=${t('message.menu')} data-testid="message-menu">${icon('more')}</summary>
      <div class="menu-items">
        ${text
          ? html`<button type="button" @click=${() => navigator.clipboard?.writeText(text)}>${t('message.copy')}</button>`
          : nothing}
        ${mine
          ? html`<button type="button" data-testid="recall" @click=${() => recall(store, message)}>${t('message.recall')}</button>`
          : nothing}
      </div>
    </details>`;
}

function recall(store, message) {
  store.recall(message).catch((fault) => store.tell(fault.message));
}
