import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { embeddable, linkable } from '../links.js';
import { icon } from '../view/icons.js';

export const field = 'location';
export const method = 'Location';

export function preview({ desc }) {
  return `[${t('kind.location')}] ${desc ?? ''}`;
}

/// The sender's map link if it may be followed, else OpenStreetMap at the point: opened only when clicked.
export function render({ lat, lng, desc, cover_image: cover, map_link: mapLink }) {
  const point = `${Number(lat).toFixed(5)}, ${Number(lng).toFixed(5)}`;
  const osm = `https://www.openstreetmap.org/?mlat=${Number(lat)}&mlon=${Number(lng)}#map=16/${Number(lat)}/${Number(lng)}`;
  const picture = embeddable(cover);
  return html`
    <a class="card" href=${linkable(mapLink) || osm} target="_blank" rel="noopener noreferrer nofollow">
      ${picture ? html`<img class="card-cover" src=${picture} alt="" loading="lazy">` : nothing}
      <span class="card-row">
        <span class="card-icon">${icon('pin')}</span>
        <span class="card-lines"><strong>${desc || t('kind.location')}</strong><small>${point}</small></span>
      </span>
    </a>`;
}
