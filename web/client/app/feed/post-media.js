/// The pictures or the video of a post.

import { html, nothing } from 'lit';
import { duration } from '../format.js';
import { t } from '../i18n.js';
import { linkCard } from '../kinds/link-card.js';
import { embeddable } from '../links.js';
import { showGallery } from './gallery.js';

export function media(post) {
  if (post.type === 'Image') return pictures(post.image.map(({ img_url: url }) => url));
  return post.type === 'Video' && post.video ? video(post.video) : nothing;
}

/// Pictures of other servers are not loaded: their addresses are shown.
function pictures(urls) {
  const own = urls.filter((url) => embeddable(url)).map(embeddable);
  const others = urls.filter((url) => !embeddable(url));
  return html`
    ${own.length > 0
      ? html`<div class="pictures" data-testid="pictures" data-count=${own.length}>
          ${own.map((source, at) => html`
            <button type="button" data-testid="picture" aria-label=${t('feed.picture-of', { n: at + 1, all: own.length })} @click=${() => showGallery(own, at)}>
              <img src=${source} alt="" loading="lazy" decoding="async"></button>`)}
        </div>`
      : nothing}
    ${others.map((url) => linkCard('image', url, t('kind.image'), ''))}`;
}

function video({ video_url: url, cover_url: cover, width, height, duration: seconds }) {
  const source = embeddable(url);
  if (!source) return linkCard('video', url, t('kind.video'), Number(seconds) > 0 ? duration(seconds) : '');
  return html`
    <video class="post-video" controls preload="metadata" playsinline src=${source} poster=${embeddable(cover) || nothing} data-testid="video"
      width=${Number(width) || nothing} height=${Number(height) || nothing} aria-label=${t('kind.video')}></video>`;
}
