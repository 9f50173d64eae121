/// Shows one picture over the whole page; a click or Escape closes it.

import { html, render } from 'lit';
import { t } from '../i18n.js';
import { icon } from '../view/icons.js';

export function showPicture(source) {
  const dialog = document.createElement('dialog');
  dialog.className = 'picture-viewer';
  dialog.setAttribute('aria-label', t('kind.image'));
  render(
    html`
      <button class="icon-button" type="button" aria-label=${t('close')}>${icon('close')}</button>
      <img src=${source} alt=${t('kind.image')}>`,
    dialog,
  );
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
