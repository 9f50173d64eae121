import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { embeddable, linkable } from '../links.js';
import { icon } from '../view/icons.js';

export const field = 'location';
export const method = 'Location';

export function preview({ desc }) {
  return `[${t('kind.location')}] ${desc ?? ''}`;
}

/// Nothing is asked of any other host until a link is followed: the map's place is taken by the globe with the point on it.
export function render({ lat, lng, desc, cover_image: cover, map_link: mapLink }, { store }) {
  const [y, x] = [Number(lat) || 0, Number(lng) || 0];
  const point = `${y.toFixed(5)}, ${x.toFixed(5)}`;
  const osm = `https://www.openstreetmap.org/?mlat=${y}&mlon=${x}#map=16/${y}/${x}`;
  const picture = embeddable(cover);
  return html`
    <div class="card place">
      ${picture ? html`<img class="card-cover" src=${picture} alt="" loading="lazy">` : globe(y, x)}
      <strong>${desc || t('kind.location')}</strong>
      <small data-testid="coordinates">${point}</small>
      <span class="card-links">
        <a href=${linkable(mapLink) || osm} target="_blank" rel="noopener noreferrer nofollow">${t('place.map')}</a>
        <a href="geo:${y},${x}">${t('place.app')}</a>
        ${navigator.clipboard
          ? html`<button class="link-button" type="button" @click=${() => copy(point, store)}>${icon('copy')}${t('place.copy')}</button>`
          : nothing}
      </span>
    </div>`;
}

/// The whole world, flat, in lines of 30 degrees.
function globe(lat, lng) {
  return html`
    <svg class="globe" viewBox="-180 -90 360 180" aria-hidden="true" focusable="false">
      <path d="M-180 -60H180M-180 -30H180M-180 0H180M-180 30H180M-180 60H180M-150 -90V90M-120 -90V90M-90 -90V90M-60 -90V90M-30 -90V90M0 -90V90M30 -90V90M60 -90V90M90 -90V90M120 -90V90M150 -90V90"/>
      <circle class="halo" cx=${lng} cy=${-lat} r="16"/><circle cx=${lng} cy=${-lat} r="6"/>
    </svg>`;
}

function copy(point, store) {
  navigator.clipboard.writeText(point).then(() => store.tell(t('message.copied')), () => store.tell(t('message.not-copied')));
}
