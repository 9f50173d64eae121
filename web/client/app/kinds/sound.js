import { html } from 'lit';
import { duration, fileSize } from '../format.js';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { linkCard } from './link-card.js';
import './sound-player.js';

export const field = 'sound';
export const method = 'Sound';

export function preview({ seconds }) {
  return `[${t('kind.sound')}] ${duration(seconds)}`;
}

export function render({ url, size, seconds }) {
  const source = embeddable(url);
  if (!source) return linkCard('sound', url, t('kind.sound'), `${duration(seconds)} · ${fileSize(size)}`);
  return html`<sound-player .source=${source} .seconds=${Number(seconds) || 0}></sound-player>`;
}

export function renderWaiting({ preview: address, content }) {
  return html`<sound-player .source=${address} .seconds=${Number(content.seconds) || 0}></sound-player>`;
}

export function uploaded({ url, size }, { seconds }) {
  return { url, size, seconds };
}
