/// Text that somebody wrote, with its addresses as links.

import { html } from 'lit';
import { linkParts } from '../links.js';

export function linked(text) {
  return linkParts(text).map(({ text: part, href }) =>
    href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${part}</a>` : part);
}
