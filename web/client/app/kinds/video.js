import { html } from 'lit';
import { duration, fileSize } from '../format.js';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { linkCard } from './link-card.js';

export const field = 'video';
export const method = 'Video';
export const bare = true;

export function preview({ seconds }) {
  return `[${t('kind.video')}] ${duration(seconds)}`;
}

export function render({ url, size, seconds, thumb_url: thumb }) {
  const source = embeddable(url);
  if (!source) return linkCard('video', url, t('kind.video'), `${duration(seconds)} · ${fileSize(size)}`);
  return html`
    <video class="video" controls preload="metadata" playsinline src=${source} poster=${embeddable(thumb)}
      aria-label=${t('kind.video')}></video>`;
}
