import { html } from 'lit';
import { stickerOf } from '../chat/faces.js';
import { t } from '../i18n.js';

export const field = 'face';
export const method = 'Face';
export const bare = true;

export function preview({ symbol }) {
  const sticker = stickerOf(symbol);
  if (sticker) return `[${t(`sticker.${sticker}`)}]`;
  return symbol || `[${t('kind.face')}]`;
}

export function render({ symbol }) {
  const sticker = stickerOf(symbol);
  if (!sticker) return html`<p class="face">${symbol || `[${t('kind.face')}]`}</p>`;
  return html`<img class="sticker" src="/asset/sticker/${sticker}.svg" alt=${t(`sticker.${sticker}`)} width="120" height="120" data-sticker=${sticker}>`;
}
