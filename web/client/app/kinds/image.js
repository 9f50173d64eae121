import { html } from 'lit';
import { fileSize } from '../format.js';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { showPicture } from '../chat/picture-viewer.js';
import { linkCard } from './link-card.js';

export const field = 'image';
export const method = 'Image';
export const bare = true;

const WIDTH_MAX = 320;
const HEIGHT_MAX = 360;

export function preview() {
  return `[${t('kind.image')}]`;
}

/// Takes its place before it has loaded, so that the list does not jump: the size comes with the message.
export function render({ url, width, height, size }) {
  const source = embeddable(url);
  if (!source) return linkCard('image', url, t('kind.image'), fileSize(size));
  return picture(source, Number(width) || 240, Number(height) || 180);
}

/// The same for a picture that is still being uploaded.
export function renderPreview(address) {
  return html`<span class="picture pending"><img src=${address} alt=${t('kind.image')}></span>`;
}

function picture(source, width, height) {
  const scale = Math.min(1, WIDTH_MAX / width, HEIGHT_MAX / height);
  return html`
    <button class="picture" type="button" aria-label=${t('image.open')} @click=${() => showPicture(source)}>
      <img src=${source} alt=${t('kind.image')} loading="lazy" decoding="async"
        width=${Math.max(48, Math.round(width * scale))} height=${Math.max(48, Math.round(height * scale))}>
    </button>`;
}
