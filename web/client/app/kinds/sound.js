import { html } from 'lit';
import { duration, fileSize } from '../format.js';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { linkCard } from './link-card.js';

export const field = 'sound';
export const method = 'Sound';

export function preview({ seconds }) {
  return `[${t('kind.sound')}] ${duration(seconds)}`;
}

export function render({ url, size, seconds }) {
  const source = embeddable(url);
  if (!source) return linkCard('sound', url, t('kind.sound'), `${duration(seconds)} · ${fileSize(size)}`);
  return html`
    <span class="sound">
      <audio controls preload="none" src=${source} aria-label=${t('kind.sound')}></audio>
      <small>${duration(seconds)}</small>
    </span>`;
}
