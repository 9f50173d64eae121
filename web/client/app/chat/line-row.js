/// What the server says in a group of what became of it, in words: small and in the middle, or an announcement's text.

import { html, nothing } from 'lit';
import { clock } from '../format.js';
import { known, t } from '../i18n.js';
import { icon } from '../view/icons.js';

// More than these are a number.
const NAMED_MAX = 4;

/// It has the place of a message, and nothing that is done to one.
export function lineRow({ message }, { store, chat, on }) {
  const { content, createdAt, seq } = message;
  const announced = content.event === 'announced';
  return html`
    <article class="line ${announced ? 'announced' : ''}" data-testid="line" data-seq=${seq} data-event=${content.event}
      aria-posinset=${seq} aria-setsize=${store.conversation(chat).lastSeq} tabindex="-1"
      aria-label=${`${lineText(message, store)} ${clock(createdAt)}`} title=${clock(createdAt)}>
      <p>${announced ? icon('megaphone') : nothing}<span>${parts(message, store, link, (text) => toMessage(message, text, on))}</span></p>
      ${announced ? html`<p class="line-text" dir="auto">${content.text}</p>` : nothing}
    </article>`;
}

/// The same as plain text.
export function lineText(message, store) {
  const said = parts(message, store, (id, name) => name).flat(Infinity).join('');
  return message.content.event === 'announced' ? t('message.from', { name: said, text: message.content.text }) : said;
}

/// The text of the event, with `show(id, name)` for each account and `point(text)` for the message that it tells of.
function parts(message, store, show, point = (text) => text) {
  const { senderId, content } = message;
  const key = keyOf(message, store.me);
  if (!key) return [t('message.unknown')];
  const values = {
    who: () => show(senderId, senderId === store.me ? t('line.You') : nameOf(senderId, store)),
    whom: () => whom(content, store, show),
    text: () => content.text,
    what: () => point(t('line.message')),
  };
  return t(key).split(/\{(\w+)\}/).map((part, i) => (i % 2 ? values[part]?.() ?? '' : part));
}

/// The key of its text; '' for an event that this client does not know.
function keyOf({ senderId, content }, me) {
  const { event, userIds } = content;
  const unsaid = event === 'removed' && userIds.includes(senderId);
  const key = unsaid ? (senderId === me ? 'line.taken-out-you' : 'line.taken-out') : `line.${event}`;
  return known(key) ? key : '';
}

function whom({ userIds, count }, store, show) {
  const named = userIds.slice(0, count > NAMED_MAX ? NAMED_MAX - 1 : NAMED_MAX);
  const names = named.map((id, i) => [i ? t('list.separator') : '', show(id, id === store.me ? t('line.you') : nameOf(id, store))]);
  const more = count - named.length;
  return more > 0 ? [names, t('line.more', { n: more })] : names;
}

function nameOf(id, { directory }) {
  return directory.user(id).name || '…';
}

function toMessage({ replyToSeq }, text, on) {
  return replyToSeq ? html`<button type="button" class="line-link" data-testid="line-link" @click=${() => on.seek(replyToSeq)}>${text}</button>` : text;
}

function link(id, name) {
  return html`<a href="#people/user/${id}" dir="auto">${name}</a>`;
}
