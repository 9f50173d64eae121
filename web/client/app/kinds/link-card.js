/// A row with an icon and two lines that leads to a file; plain text if its address may not be followed.

import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { embeddable, linkable } from '../links.js';
import { icon } from '../view/icons.js';

/// `download` is the name to save under; browsers heed it for files of this server only.
export function linkCard(symbol, url, title, detail, download) {
  const href = linkable(url);
  const inside = html`
    <span class="card-row">
      <span class="card-icon">${icon(symbol)}</span>
      <span class="card-lines"><strong>${title}</strong><small>${detail}</small></span>
    </span>`;
  if (!href) return html`<span class="card">${inside}</span>`;
  return html`
    <a class="card" href=${href} target="_blank" rel="noopener noreferrer nofollow"
      download=${ifDefined(download && embeddable(url) ? download : undefined)}>${inside}</a>`;
}
