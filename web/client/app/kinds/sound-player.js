/// Plays a sound: a button, how far it is, and its length. One plays at a time. The length comes with the message:
/// what a browser has recorded does not say it.

import { html } from 'lit';
import { duration } from '../format.js';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';

let playing = null;

class SoundPlayer extends ParleyElement {
  static properties = { source: { attribute: false }, seconds: { attribute: false }, at: { state: true }, on: { state: true } };

  #audio = null;

  constructor() {
    super();
    this.at = 0;
    this.on = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#audio?.pause();
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('source')) return;
    this.#audio?.pause();
    this.#audio = null;
    this.at = 0;
  }

  render() {
    const label = t(this.on ? 'sound.pause' : 'sound.play');
    return html`
      <span class="sound">
        <button class="icon-button accent" type="button" data-testid="play" data-on=${this.on} aria-label=${label} title=${label}
          @click=${this.#toggle}>${icon(this.on ? 'pause' : 'play')}</button>
        <input type="range" min="0" max=${this.#length} step="0.1" .value=${String(this.at)} aria-label=${t('sound.position')}
          @input=${this.#moved}>
        <small data-testid="sound-time">${duration(this.on || this.at > 0 ? this.at : this.#length)}</small>
      </span>`;
  }

  get #length() {
    const told = this.#audio?.duration;
    return Number.isFinite(told) ? told : Math.max(this.seconds, this.at, 1);
  }

  #toggle = () => {
    const audio = this.#ready();
    if (this.on) return audio.pause();
    if (playing !== audio) playing?.pause();
    playing = audio;
    audio.play().catch(() => (this.on = false));
  };

  #moved = (event) => {
    this.#ready().currentTime = Number(event.target.value);
  };

  #ready() {
    if (this.#audio) return this.#audio;
    const audio = new Audio(this.source);
    audio.preload = 'auto';
    audio.ontimeupdate = () => (this.at = audio.currentTime);
    audio.onplay = () => (this.on = true);
    audio.onpause = () => (this.on = false);
    audio.onended = () => {
      this.on = false;
      this.at = 0;
    };
    this.#audio = audio;
    return audio;
  }
}

customElements.define('sound-player', SoundPlayer);
