/// Shows pictures over the whole page, one at a time: arrows go on, Escape or a click beside it closes.

import { html, nothing, render } from 'lit';
import { t } from '../i18n.js';
import { icon } from '../view/icons.js';

export function showGallery(sources, first) {
  const dialog = document.createElement('dialog');
  dialog.className = 'gallery';
  dialog.dataset.testid = 'gallery';
  dialog.setAttribute('aria-label', t('kind.image'));
  let at = first;
  const go = (step) => {
    at = (at + step + sources.length) % sources.length;
    draw();
  };
  const draw = () =>
    render(
      html`
        <button class="icon-button close" type="button" data-testid="gallery-close" aria-label=${t('close')} @click=${() => dialog.close()}>${icon('close')}</button>
        ${sources.length > 1
          ? html`
            <button class="icon-button previous" type="button" aria-label=${t('feed.previous')} @click=${() => go(-1)}>${icon('back')}</button>
            <button class="icon-button next" type="button" data-testid="gallery-next" aria-label=${t('feed.next')} @click=${() => go(1)}>${icon('right')}</button>
            <p class="gallery-count" role="status">${at + 1} / ${sources.length}</p>`
          : nothing}
        <img src=${sources[at]} alt=${t('feed.picture-of', { n: at + 1, all: sources.length })}>`,
      dialog,
    );
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') go(-1);
    if (key === 'ArrowRight') go(1);
  });
  dialog.addEventListener('close', () => dialog.remove());
  draw();
  document.body.append(dialog);
  dialog.showModal();
}
