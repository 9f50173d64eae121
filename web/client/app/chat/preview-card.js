/// What is behind the link of a text message, below the text: a card that leads there.

import { html, nothing } from 'lit';
import { linkable } from '../links.js';

/// Nothing for a message without a preview, and in a conversation that waits to be accepted.
export function previewCard(message, { store, chat }) {
  if (message.kind !== 'text' || store.conversation(chat).request) return nothing;
  const preview = store.previews.of(message);
  const href = preview && linkable(preview.url);
  if (!href) return nothing;
  const { title, description, site, picture, width, height } = preview;
  return html`
    <a class="preview ${height > width * 0.8 ? 'tall' : ''}" href=${href} target="_blank" rel="noopener noreferrer nofollow" data-testid="preview-card">
      ${picture ? html`<img src=${picture} alt="" width=${width} height=${height}>` : nothing}
      <span class="preview-lines">
        <small dir="auto">${site || new URL(href).hostname}</small>
        <strong dir="auto">${title}</strong>
        ${description ? html`<span dir="auto">${description}</span>` : nothing}
      </span>
    </a>`;
}
