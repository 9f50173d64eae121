/// Asks for a place: where the device is, if it may tell, or typed coordinates, with a title.

import { html, render } from 'lit';
import { t } from '../i18n.js';
import { icon } from '../view/icons.js';
import { openDialog } from './dialog.js';

const LOCATE_MS = 10_000;
const TITLE_MAX = 200;

/// `place` is called with the content of a location message.
export function askForPlace(place) {
  const dialog = openDialog(t('place.title'), 'place-dialog');
  let problem = '';
  const field = (name) => dialog.body.querySelector(`[name=${name}]`);
  const locate = async () => {
    try {
      const { coords } = await position();
      field('lat').value = coords.latitude.toFixed(6);
      field('lng').value = coords.longitude.toFixed(6);
      problem = '';
    } catch {
      problem = t('place.unknown');
    }
    show();
  };
  const submit = (event) => {
    event.preventDefault();
    place({ lat: Number(field('lat').value), lng: Number(field('lng').value), desc: field('desc').value.trim() });
    dialog.close();
  };
  const show = () => render(
    html`
      <form @submit=${submit}>
        ${navigator.geolocation
          ? html`<button class="quiet-button" type="button" data-testid="locate" @click=${locate}>${icon('target')}<span>${t('place.mine')}</span></button>`
          : ''}
        <div class="two">
          <label>${t('place.lat')}<input name="lat" data-testid="place-lat" type="number" step="any" min="-90" max="90" required></label>
          <label>${t('place.lng')}<input name="lng" data-testid="place-lng" type="number" step="any" min="-180" max="180" required></label>
        </div>
        <label>${t('place.name')}<input name="desc" data-testid="place-name" maxlength=${TITLE_MAX} autocomplete="off"></label>
        <p class="fault" role="alert">${problem}</p>
        <footer class="sheet-actions">
          <button class="quiet-button" type="button" @click=${dialog.close}>${t('cancel')}</button>
          <button class="primary" type="submit" data-testid="place-send">${t('composer.send')}</button>
        </footer>
      </form>`,
    dialog.body,
  );
  show();
  field('lat').focus();
}

function position() {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: LOCATE_MS, enableHighAccuracy: true });
  });
}
