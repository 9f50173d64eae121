/// Lets the user cut a square out of a picture: drag it, zoom with the slider, or use the keys.

import { html, render } from 'lit';
import { t } from '../i18n.js';

/// What a file field takes.
export const PICTURES = 'image/jpeg,image/png,image/gif,image/webp';

const SIDE = 512;
const ZOOM_MAX = 4;
const STEP = 0.04;
const MOVES = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
const ZOOMS = { '+': 1.1, '=': 1.1, '-': 1 / 1.1 };

/// Gives a JPEG of 512 × 512 pixels as a Blob, or null if the user thought better of it. Throws an Error that is fit to
/// be shown for what is no picture.
export async function cropPicture(file) {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error(t('picture.unreadable'));
  });
  const crop = new Crop(picture);
  return new Promise((resolve) => open(crop, resolve)).finally(() => picture.close());
}

/// What part of the picture shows: `zoom` 1 fits its shorter side; `x` and `y` are the middle of the square in the
/// picture, in its own pixels.
class Crop {
  zoom = 1;

  constructor(picture) {
    this.picture = picture;
    this.x = picture.width / 2;
    this.y = picture.height / 2;
  }

  /// The side of the square, in pixels of the picture.
  get side() {
    return Math.min(this.picture.width, this.picture.height) / this.zoom;
  }

  /// By parts of the square's side.
  move(right, down) {
    this.x -= right * this.side;
    this.y -= down * this.side;
    this.#settle();
  }

  zoomTo(zoom) {
    this.zoom = Math.min(ZOOM_MAX, Math.max(1, zoom));
    this.#settle();
  }

  draw(canvas) {
    const context = canvas.getContext('2d');
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--paper');
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    const { side } = this;
    context.drawImage(this.picture, this.x - side / 2, this.y - side / 2, side, side, 0, 0, canvas.width, canvas.height);
  }

  /// The square stays within the picture.
  #settle() {
    const half = this.side / 2;
    this.x = Math.min(this.picture.width - half, Math.max(half, this.x));
    this.y = Math.min(this.picture.height - half, Math.max(half, this.y));
  }
}

function open(crop, resolve) {
  const dialog = document.createElement('dialog');
  dialog.className = 'ask crop';
  dialog.dataset.testid = 'crop';
  dialog.setAttribute('aria-label', t('picture.crop'));
  let answer = null;
  const canvas = () => dialog.querySelector('canvas');
  const draw = () => {
    crop.draw(canvas());
    dialog.querySelector('input').value = String(crop.zoom);
  };
  const zoom = (event) => {
    crop.zoomTo(Number(event.target.value));
    draw();
  };
  const keys = (event) => {
    if (MOVES[event.key]) crop.move(...MOVES[event.key]);
    else if (ZOOMS[event.key]) crop.zoomTo(crop.zoom * ZOOMS[event.key]);
    else return;
    event.preventDefault();
    draw();
  };
  const wheel = (event) => {
    event.preventDefault();
    crop.zoomTo(crop.zoom * (event.deltaY < 0 ? 1.08 : 1 / 1.08));
    draw();
  };
  const drag = (event) => {
    if (!canvas().hasPointerCapture(event.pointerId)) return;
    crop.move(event.movementX / canvas().clientWidth, event.movementY / canvas().clientHeight);
    draw();
  };
  const submit = (event) => {
    event.preventDefault();
    canvas().toBlob((blob) => {
      answer = blob;
      dialog.close();
    }, 'image/jpeg', 0.9);
  };
  render(
    html`
      <form @submit=${submit}>
        <h2>${t('picture.crop')}</h2>
        <canvas width=${SIDE} height=${SIDE} tabindex="0" role="application" aria-label=${t('picture.crop-keys')} data-testid="crop-canvas"
          @pointerdown=${(event) => event.target.setPointerCapture(event.pointerId)} @pointermove=${drag}
          @keydown=${keys} @wheel=${wheel}></canvas>
        <label class="zoom">${t('picture.zoom')}
          <input type="range" min="1" max=${ZOOM_MAX} step="0.01" value="1" data-testid="crop-zoom" @input=${zoom}></label>
        <p class="hint">${t('picture.crop-hint')}</p>
        <footer>
          <button class="plain" type="button" data-testid="crop-no" @click=${() => dialog.close()}>${t('cancel')}</button>
          <button class="primary" type="submit" data-testid="crop-yes">${t('picture.use')}</button>
        </footer>
      </form>`,
    dialog,
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(answer);
  });
  document.body.append(dialog);
  dialog.showModal();
  draw();
  canvas().focus();
}
