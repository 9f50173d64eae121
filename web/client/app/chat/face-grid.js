/// The groups of symbols, one shown at a time, for the composer and for reactions.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';
import { FACES, STICKERS, stickerSymbol } from './faces.js';

/// Fires `symbol` and `sticker` (detail: the symbol).
class FaceGrid extends ParleyElement {
  static properties = { stickers: { attribute: false }, group: { state: true } };

  constructor() {
    super();
    this.group = FACES[0].name;
  }

  render() {
    const group = FACES.find(({ name }) => name === this.group);
    return html`
      <div class="face-tabs" role="group" aria-label=${t('faces.groups')}>
        ${FACES.map(({ name, symbols }) => this.#tab(name, symbols[0]))}
        ${this.stickers ? this.#tab('stickers', icon('sticker')) : nothing}
      </div>
      <div class="face-grid ${group ? '' : 'stickers'}" role="group" aria-label=${t(`faces.${this.group}`)}>
        ${group
          ? group.symbols.map((symbol) => html`
              <button type="button" data-testid="face" data-symbol=${symbol} @click=${() => this.#fire('symbol', symbol)}>${symbol}</button>`)
          : STICKERS.map((name) => html`
              <button type="button" data-testid="sticker" data-sticker=${name} aria-label=${t(`sticker.${name}`)} title=${t(`sticker.${name}`)}
                @click=${() => this.#fire('sticker', stickerSymbol(name))}><img src="/asset/sticker/${name}.svg" alt="" width="64" height="64"></button>`)}
      </div>`;
  }

  #tab(name, shape) {
    return html`
      <button type="button" data-testid="faces-${name}" aria-pressed=${this.group === name} aria-label=${t(`faces.${name}`)}
        title=${t(`faces.${name}`)} @click=${() => (this.group = name)}>${shape}</button>`;
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('face-grid', FaceGrid);
