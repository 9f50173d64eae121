import { html } from 'lit';
import { duration, fileSize } from '../format.js';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { formatOf } from './image.js';
import { linkCard } from './link-card.js';

export const field = 'video';
export const method = 'Video';
export const bare = true;

const FORMAT_MAX = 32;
const WIDTH_MAX = 360;
const HEIGHT_MAX = 360;

export function preview({ seconds }) {
  return `[${t('kind.video')}] ${duration(seconds)}`;
}

/// Takes its place before it has loaded, as its first picture is high and wide.
export function render({ url, size, seconds, thumb_url: thumb, thumb_width: width, thumb_height: height }) {
  const source = embeddable(url);
  if (!source) return linkCard('video', url, t('kind.video'), `${duration(seconds)} · ${fileSize(size)}`);
  const scale = Math.min(WIDTH_MAX / (Number(width) || 320), HEIGHT_MAX / (Number(height) || 180));
  return html`
    <video class="video" controls preload="metadata" playsinline src=${source} poster=${embeddable(thumb)} aria-label=${t('kind.video')}
      width=${Math.round((Number(width) || 320) * scale)} height=${Math.round((Number(height) || 180) * scale)}></video>`;
}

export function renderWaiting({ preview: address, poster, content }) {
  return poster
    ? html`<span class="picture pending"><img src=${address} alt=${t('kind.video')}></span>`
    : linkCard('video', '', content.name, duration(content.seconds));
}

export function uploaded({ url, size }, { name, seconds }, thumb) {
  const format = (name?.match(/\.(\w+)$/)?.[1] ?? '').toUpperCase().slice(0, FORMAT_MAX);
  const picture = thumb && {
    thumb_url: thumb.url,
    thumb_size: thumb.size,
    thumb_width: Number(thumb.width),
    thumb_height: Number(thumb.height),
    thumb_format: formatOf(thumb.type),
  };
  return { url, size, seconds, format, ...picture };
}
