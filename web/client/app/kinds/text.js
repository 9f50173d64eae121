import { html } from 'lit';
import { linkParts } from '../links.js';

export const field = 'text';
export const method = 'Text';

export function preview({ content }) {
  return content;
}

/// Links can be followed; the names of those whom the message names stand out, one's own most.
export function render({ content }, { message, store }) {
  const named = message.atUserIds.map((id) => ({ id, mark: `@${store.directory.user(id).nickname}` })).filter(({ mark }) => mark.length > 1);
  return html`<p class="text" dir="auto">${linkParts(content ?? '').map((part) => link(part, named, store.me))}</p>`;
}

function link({ text, href }, named, me) {
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>` : mentions(text, named, me);
}

function mentions(text, named, me) {
  const first = named
    .map(({ id, mark }) => ({ id, mark, at: text.indexOf(mark) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.mark.length - a.mark.length)[0];
  if (!first) return text;
  const { id, mark, at } = first;
  return html`${text.slice(0, at)}<b class="mention ${id === me ? 'me' : ''}" data-testid="mention">${mark}</b>${mentions(text.slice(at + mark.length), named, me)}`;
}
