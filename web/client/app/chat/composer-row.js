/// The row of the composer: what to send besides words, the words, and the button that sends.

import { html, nothing } from 'lit';
import { enterSends } from '../enter.js';
import { t } from '../i18n.js';
import { icon } from '../view/icons.js';
import { FILE_INPUTS } from './attach-menu.js';
import { quoteLines } from './quote.js';

/// `over`: by how many characters the text is too long; `on`: what the row calls.
export function composerRow({ text, about }, over, on) {
  const voice = !text && !about && 'MediaRecorder' in globalThis && navigator.mediaDevices;
  return html`
    <div class="composer-row">
      ${button('attach', 'attach', 'composer.attach', on.attach)}
      ${FILE_INPUTS.map(({ testid, accept }) => html`
        <input type="file" accept=${accept} multiple hidden data-testid=${testid} @change=${on.picked}>`)}
      ${button('faces', 'smile', 'composer.faces', on.faces)}
      ${text ? button('format', 'format', 'composer.format', on.format) : nothing}
      <textarea rows="1" dir="auto" data-testid="composer" aria-label=${t('composer.placeholder')} placeholder=${t('composer.placeholder')}
        enterkeyhint=${enterSends() ? 'send' : 'enter'} aria-autocomplete="list" .value=${text} @input=${on.typed} @keydown=${on.keyed} @paste=${on.pasted}
        @blur=${on.left}></textarea>
      ${voice ? button('record', 'sound', 'composer.record', on.record) : send(text, about, over)}
    </div>`;
}

/// What the message answers, or that it is an edit.
export function aboutLine({ mode, message }, store, giveUp) {
  return html`
    <div class="about" data-testid="about" data-mode=${mode}>
      ${icon(mode)}
      <p class="quote"><span class="for-screen-reader">${t(`composer.${mode}`)}</span>${quoteLines(message, store)}</p>
      <button class="icon-button small" type="button" aria-label=${t('composer.give-up')} data-testid="give-up"
        @click=${giveUp}>${icon('close')}</button>
    </div>`;
}

function button(testid, shape, label, act) {
  return html`
    <button class="icon-button" type="button" data-testid=${testid} aria-label=${t(label)} title=${t(label)}
      @click=${act}>${icon(shape)}</button>`;
}

function send(text, about, over) {
  const saves = about?.mode === 'edit';
  const label = t(saves ? 'composer.save' : 'composer.send');
  return html`
    <button class="icon-button accent" type="submit" data-testid="send" aria-label=${label} title=${label}
      ?disabled=${!text.trim() || over > 0}>${icon(saves ? 'check' : 'send')}</button>`;
}
