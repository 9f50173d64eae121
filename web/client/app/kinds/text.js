import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { blocksOf, plainText } from '../markup.js';
import { icon } from '../view/icons.js';

export const field = 'text';
export const method = 'Text';

// A content never changes, and lists are rendered often.
const read = new WeakMap();

export function preview(content) {
  const known = readOf(content);
  return (known.plain ??= plainText(content.content ?? ''));
}

/// Links can be followed; the names of those whom the message names stand out, one's own most.
export function render(content, { message, store }) {
  const known = readOf(content);
  const blocks = (known.blocks ??= blocksOf(content.content ?? ''));
  const named = message.atUserIds.map((id) => ({ id, mark: `@${store.directory.user(id).nickname}` })).filter(({ mark }) => mark.length > 1);
  const view = { named, store, direction: 'auto' };
  if (blocks.length === 1 && blocks[0].type === 'text') return html`<p class="text" dir="auto">${inline(blocks[0].parts, view)}</p>`;
  return html`<div class="text blocks">${blocks.map((block) => BLOCKS[block.type](block, view))}</div>`;
}

const BLOCKS = {
  text: ({ parts }, view) => html`<p dir=${view.direction}>${inline(parts, view)}</p>`,
  // What is inside tells the direction only where it has none of its own.
  quote: ({ blocks }, view) => html`
    <blockquote dir=${view.direction}>${blocks.map((block) => BLOCKS[block.type](block, { ...view, direction: nothing }))}</blockquote>`,
  list: ({ items }, view) => html`
    <ul role="list" dir=${view.direction}>${items.map(({ mark, parts }) => html`<li><span>${/\d/.test(mark) ? mark : '•'}</span><span>${inline(parts, view)}</span></li>`)}</ul>`,
  code: ({ code }, { store }) => html`
    <div class="code">
      ${navigator.clipboard
        ? html`<button class="icon-button small" type="button" data-testid="copy-code" aria-label=${t('message.copy-code')}
            title=${t('message.copy-code')} @click=${() => copy(code, store)}>${icon('copy')}</button>`
        : nothing}
      <pre dir="ltr"><code>${code}</code></pre>
    </div>`,
};

const PARTS = {
  text: ({ text }, { named, store }) => mentions(text, named, store.me),
  link: ({ text, href }) => html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`,
  code: ({ text }) => html`<code dir="ltr">${text}</code>`,
  bold: ({ parts }, view) => html`<strong>${inline(parts, view)}</strong>`,
  italic: ({ parts }, view) => html`<em>${inline(parts, view)}</em>`,
  strike: ({ parts }, view) => html`<s>${inline(parts, view)}</s>`,
  // Spaces between these would be shown.
  spoiler: ({ parts }, view) => html`<span class="spoiler" data-testid="spoiler"><button type="button"
    aria-label=${t('message.spoiler')} title=${t('message.spoiler')} @click=${uncover}></button><span>${inline(parts, view)}</span></span>`,
};

function inline(parts, view) {
  return parts.map((part) => PARTS[part.type](part, view));
}

function uncover({ currentTarget }) {
  currentTarget.parentElement.classList.add('open');
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

function readOf(content) {
  let known = read.get(content);
  if (!known) read.set(content, (known = {}));
  return known;
}

/// The clipboard's answer is told either way.
export function copy(text, store) {
  navigator.clipboard.writeText(text).then(() => store.tell(t('message.copied')), () => store.tell(t('message.not-copied')));
}
