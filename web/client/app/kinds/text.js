import { html } from 'lit';
import { linkParts } from '../links.js';

export const field = 'text';
export const method = 'Text';

export function preview({ content }) {
  return content;
}

export function render({ content }) {
  return html`<p class="text">${linkParts(content ?? '').map(part)}</p>`;
}

function part({ text, href }) {
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>` : text;
}
