/// Where a message is written. Enter sends, Shift+Enter starts a new line; pictures come from the button, the
/// clipboard or a drop. A draft stays with its conversation while the page is open.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';

/// The server's limits.
const TEXT_MAX = 8000;
const PICTURE_MAX_BYTES = 10 * 1024 * 1024;
const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif'];
const FACES = Array.from('😀😂🙂🥰😎🤔😢😭😡😱😴🤗👍👎👏🙏💪👋🎉🔥🌹🍵🎂🌙');

class MessageComposer extends ParleyElement {
  static properties = { chat: { attribute: false }, text: { state: true }, problem: { state: true } };

  #drafts = new Map();

  constructor() {
    super();
    this.text = '';
    this.problem = '';
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('chat')) return;
    if (changed.get('chat')) this.#drafts.set(changed.get('chat'), this.text);
    this.text = this.#drafts.get(this.chat) ?? '';
    this.problem = '';
  }

  render() {
    const over = Array.from(this.text.trim()).length - TEXT_MAX;
    const problem = over > 0 ? t('composer.too-long', { n: over }) : this.problem;
    return html`
      <form class="composer" @submit=${this.#submit}>
        ${problem ? html`<p class="fault" role="alert" data-testid="composer-problem">${problem}</p>` : nothing}
        <div class="composer-row">
          <button class="icon-button" type="button" data-testid="attach" aria-label=${t('composer.attach')}
            title=${t('composer.attach')} @click=${() => this.querySelector('input[type=file]').click()}>${icon('image')}</button>
          <input type="file" accept=${PICTURE_TYPES.join(',')} multiple hidden data-testid="file" @change=${this.#picked}>
          ${this.#faces()}
          <textarea rows="1" data-testid="composer" aria-label=${t('composer.placeholder')} placeholder=${t('composer.placeholder')}
            enterkeyhint="send" .value=${this.text} @input=${this.#typed} @keydown=${this.#keyed} @paste=${this.#pasted}></textarea>
          <button class="icon-button accent" type="submit" data-testid="send" aria-label=${t('composer.send')}
            title=${t('composer.send')} ?disabled=${!this.text.trim() || over > 0}>${icon('send')}</button>
        </div>
      </form>`;
  }

  updated(changed) {
    if (changed.has('text') || changed.has('chat')) this.#grow();
    if (changed.has('chat') && matchMedia('(hover: hover)').matches) this.#area.focus();
  }

  /// Sends each picture among `files`; what is not one is refused with a word.
  sendPictures(files) {
    this.problem = '';
    for (const file of files) {
      if (!PICTURE_TYPES.includes(file.type) || file.size > PICTURE_MAX_BYTES) this.problem = t('composer.not-image');
      else this.store.send(this.chat, 'image', {}, file);
    }
  }

  get #area() {
    return this.querySelector('textarea');
  }

  #faces() {
    return html`
      <details class="menu faces">
        <summary class="icon-button" data-testid="faces" aria-label=${t('composer.faces')} title=${t('composer.faces')}>${icon('smile')}</summary>
        <div class="menu-items">
          ${FACES.map((symbol) => html`<button type="button" @click=${() => this.#face(symbol)}>${symbol}</button>`)}
        </div>
      </details>`;
  }

  #face(symbol) {
    this.store.send(this.chat, 'face', { symbol });
    this.#area.focus();
  }

  #typed(event) {
    this.text = event.target.value;
    this.problem = '';
  }

  /// While an input method composes (Chinese, Japanese …) Enter belongs to it; Safari reports that as key 229.
  #keyed(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const content = this.text.trim();
    if (!content || Array.from(content).length > TEXT_MAX) return;
    this.store.send(this.chat, 'text', { content });
    this.text = '';
    this.#area.focus();
  }

  #picked(event) {
    this.sendPictures(event.target.files);
    event.target.value = '';
  }

  #pasted(event) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    this.sendPictures(event.clipboardData.files);
  }

  #grow() {
    const area = this.#area;
    area.style.height = 'auto';
    const borders = area.offsetHeight - area.clientHeight;
    area.style.height = `${area.scrollHeight + borders}px`;
  }
}

customElements.define('message-composer', MessageComposer);
