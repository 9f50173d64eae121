import { html } from 'lit';
import { showPictures } from '../chat/picture-viewer.js';
import { fileSize } from '../format.js';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { linkCard } from './link-card.js';

export const field = 'image';
export const method = 'Image';
export const bare = true;

const FORMATS = { 'image/jpeg': 'JPG', 'image/png': 'PNG', 'image/gif': 'GIF' };
const WIDTH_MAX = 320;
const HEIGHT_MAX = 360;
// Narrower ones, and lower, are cut off in the chat; the viewer shows the whole.
const TALL_WIDTH = 120;
const SIDE_MIN = 48;

export function preview() {
  return `[${t('kind.image')}]`;
}

/// Takes its place before it has loaded, so that the list does not jump: the size comes with the message.
export function render({ url, width, height, size }, { message, store, chat }) {
  const source = embeddable(url);
  if (!source) return linkCard('image', url, t('kind.image'), fileSize(size));
  const [w, h] = [Number(width) || 240, Number(height) || 180];
  const scale = Math.min(1, WIDTH_MAX / w, HEIGHT_MAX / h);
  const widthMin = Math.max(SIDE_MIN, Math.min(w, TALL_WIDTH));
  return html`
    <button class="picture" type="button" aria-label=${t('image.open')} @click=${() => showPictures(store, chat, message.seq)}>
      <img src=${source} alt=${t('kind.image')} loading="lazy" decoding="async"
        width=${Math.max(widthMin, Math.round(w * scale))} height=${Math.max(SIDE_MIN, Math.round(h * scale))}>
    </button>`;
}

export function renderWaiting({ preview: address }) {
  return html`<span class="picture pending"><img src=${address} alt=${t('kind.image')}></span>`;
}

export function uploaded({ type, url, width, height, size }) {
  return { type: 'ORIGIN', format: formatOf(type), size, width, height, url };
}

/// The format that a message names for an uploaded picture.
export function formatOf(type) {
  return FORMATS[type] ?? 'OTHER';
}
