/// Writes a post: text, up to nine pictures or one video. Fires `posted`.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { limits } from '../limits.js';
import { avatar } from '../view/avatar.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { PICTURE_TYPES, VIDEO_TYPES } from './attachments.js';
import { feedOf } from './feed.js';

const CHARS_SHOWN = 500;

class PostComposer extends ParleyElement {
  static properties = { busy: { state: true }, fault: { state: true }, dropping: { state: true } };

  constructor() {
    super();
    this.busy = false;
    this.fault = '';
    this.dropping = false;
  }

  render() {
    const { text, attachments: { items, ready } } = feedOf(this.store);
    const length = Array.from(text.trim()).length;
    const left = limits.postChars - length;
    const empty = length === 0 && items.length === 0;
    return html`
      <form class="post-composer ${this.dropping ? 'dropping' : ''}" @submit=${this.#submit} aria-busy=${this.busy}
        @dragover=${this.#dragOver} @dragleave=${() => (this.dropping = false)} @drop=${this.#drop} @paste=${this.#paste}>
        <div class="composer-top">
          ${avatar(this.store.directory.user(this.store.me))}
          <textarea name="content" dir="auto" data-testid="post-field" rows="1" aria-label=${t('feed.write')} placeholder=${t('feed.write')}
            .value=${text} ?readonly=${this.busy} @input=${this.#typed}></textarea>
        </div>
        ${items.length > 0 ? html`<ul class="attached" data-testid="attached">${items.map((item) => this.#item(item))}</ul>` : nothing}
        <p class="fault" role="alert" data-testid="post-fault">${this.fault || nothing}</p>
        <footer>
          <label class="quiet-button">${icon('image')}<span>${t('feed.attach')}</span>
            <input class="for-screen-reader" type="file" multiple accept=${[...PICTURE_TYPES, ...VIDEO_TYPES].join(',')} data-testid="attach" @change=${this.#picked}></label>
          <span class="hint ${left < 0 ? 'fault' : ''}" role="status">${left < CHARS_SHOWN ? t('feed.left', { n: left }) : nothing}</span>
          <button class="primary" type="submit" data-testid="post-button" ?disabled=${this.busy || empty || !ready || left < 0}>${t('feed.publish')}</button>
        </footer>
      </form>`;
  }

  get #attached() {
    return feedOf(this.store).attachments;
  }

  #item(item) {
    return html`
      <li data-testid="attachment" data-ready=${Boolean(item.url)}>
        ${item.kind === 'video' ? html`<video src=${item.preview} muted preload="metadata" aria-label=${item.name}></video>` : html`<img src=${item.preview} alt=${item.name}>`}
        ${item.fault
          ? html`<button class="attach-fault" type="button" title=${item.fault} @click=${() => this.#attached.retry(item)}>${icon('alert')}${t('list-end.again')}</button>`
          : item.url ? nothing : html`<progress max="1" .value=${item.progress} aria-label=${t('feed.uploading', { name: item.name })}></progress>`}
        <button class="icon-button small" type="button" aria-label=${t('feed.detach', { name: item.name })} @click=${() => this.#attached.remove(item)}>${icon('close')}</button>
      </li>`;
  }

  #typed({ target }) {
    feedOf(this.store).text = target.value;
    this.requestUpdate();
  }

  /// The field is as high as its text, as far as the style lets it.
  updated() {
    const field = this.querySelector('textarea');
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  #add(files) {
    if (files.length > 0) this.fault = this.#attached.add(files);
  }

  #picked({ target }) {
    this.#add(target.files);
    target.value = '';
  }

  #paste(event) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    this.#add(event.clipboardData.files);
  }

  #dragOver(event) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  }

  #drop(event) {
    event.preventDefault();
    this.dropping = false;
    this.#add(event.dataTransfer.files);
  }

  async #submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.fault = '';
    try {
      await feedOf(this.store).publish();
      this.dispatchEvent(new CustomEvent('posted'));
    } catch (fault) {
      this.fault = fault.message;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('post-composer', PostComposer);
