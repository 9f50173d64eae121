/// Shows the pictures of a chat over the whole page, one at a time: ← and → go through those that are loaded, Escape or
/// a click beside the picture closes it.

import { html, nothing, render } from 'lit';
import { t } from '../i18n.js';
import { embeddable } from '../links.js';
import { icon } from '../view/icons.js';
import { layer } from '../view/layers.js';

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/// Opens at the picture of the message `seq`.
export function showPictures(store, chat, seq) {
  const pictures = store.timeline(chat).messages.filter(({ kind, recalled, content }) => kind === 'image' && !recalled && embeddable(content.url));
  let at = pictures.findIndex((message) => message.seq === seq);
  if (at < 0) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'picture-viewer';
  dialog.setAttribute('aria-label', t('kind.image'));
  const go = (step) => {
    at = Math.min(pictures.length - 1, Math.max(0, at + step));
    show();
  };
  const show = () => render(inside(pictures, at, { go, close: () => dialog.close() }), dialog);
  show();
  dialog.addEventListener('keydown', (event) => event.key in STEPS && go(STEPS[event.key]));
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  const closed = layer(() => dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
}

function inside(pictures, at, { go, close }) {
  const source = embeddable(pictures[at].content.url);
  return html`
    <p class="picture-count" role="status" data-testid="picture-count">${at + 1} / ${pictures.length}</p>
    <button class="icon-button close" type="button" aria-label=${t('close')} data-testid="close-picture" @click=${close}>${icon('close')}</button>
    ${at > 0
      ? html`<button class="icon-button previous" type="button" aria-label=${t('image.previous')} @click=${() => go(-1)}>${icon('left')}</button>`
      : nothing}
    <img src=${source} alt=${t('kind.image')}>
    ${at < pictures.length - 1
      ? html`<button class="icon-button next" type="button" aria-label=${t('image.next')} @click=${() => go(1)}>${icon('right')}</button>`
      : nothing}`;
}
