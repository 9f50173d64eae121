/// A dialog over the page with a title, a close button and a body. Escape, Back and a click beside it close it; the
/// focus goes back to where it was.

import { html, render } from 'lit';
import { t } from '../i18n.js';
import { icon } from '../view/icons.js';
import { layer } from '../view/layers.js';

/// Gives `{element, body, close}`; the body is for the caller to render into.
export function openDialog(title, className) {
  const element = document.createElement('dialog');
  element.className = `sheet ${className}`;
  element.setAttribute('aria-label', title);
  const close = () => element.close();
  render(
    html`
      <header>
        <h2>${title}</h2>
        <button class="icon-button" type="button" aria-label=${t('close')} data-testid="close-dialog" @click=${close}>${icon('close')}</button>
      </header>
      <div class="sheet-body"></div>`,
    element,
  );
  element.addEventListener('click', (event) => event.target === element && close());
  document.body.append(element);
  element.showModal();
  const closed = layer(close);
  element.addEventListener('close', () => {
    element.remove();
    closed();
  });
  return { element, body: element.querySelector('.sheet-body'), close };
}
