import { html } from 'lit';
import { t } from '../i18n.js';

export const field = 'face';
export const method = 'Face';
export const bare = true;

export function preview({ symbol }) {
  return symbol || `[${t('kind.face')}]`;
}

export function render({ symbol }) {
  return html`<p class="face">${symbol || `[${t('kind.face')}]`}</p>`;
}
