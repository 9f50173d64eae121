/// Records a voice message: how loud, how long, give it up or send it. Fires `recorded` (detail `{file, seconds}`),
/// `cancel`, or `problem` (detail: a text).

import { html } from 'lit';
import { duration } from '../format.js';
import { t } from '../i18n.js';
import { ParleyElement } from '../view/element.js';
import { icon } from '../view/icons.js';

const SECONDS_MAX = 300;
const BARS = 28;
const TICK_MS = 90;
// What browsers can record and the server takes in, best first.
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

class VoiceRecorder extends ParleyElement {
  static properties = { seconds: { state: true }, levels: { state: true } };

  #recorder = null;
  #sound = null;
  #timer = 0;
  #startedAt = 0;
  #parts = [];

  constructor() {
    super();
    this.seconds = 0;
    this.levels = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  render() {
    return html`
      <div class="composer-row recorder" data-testid="recorder" data-seconds=${Math.floor(this.seconds)}>
        <button class="icon-button" type="button" data-testid="record-cancel" aria-label=${t('composer.give-up')}
          title=${t('composer.give-up')} @click=${() => this.#fire('cancel')}>${icon('trash')}</button>
        <span class="recording-dot"></span>
        <time role="timer" aria-label=${t('voice.recording')}>${duration(Math.floor(this.seconds))}</time>
        <span class="levels" aria-hidden="true">
          ${Array.from({ length: BARS }, () => html`<i></i>`)}
        </span>
        <button class="icon-button accent" type="button" data-testid="record-send" aria-label=${t('composer.send')}
          title=${t('composer.send')} ?disabled=${this.seconds < 0.5} @click=${this.#finish}>${icon('send')}</button>
      </div>`;
  }

  updated() {
    this.querySelectorAll('.levels i').forEach((bar, i) => {
      bar.style.blockSize = `${8 + 92 * (this.levels.at(i - BARS) ?? 0)}%`;
    });
  }

  async #start() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (!this.isConnected) return stream.getTracks().forEach((track) => track.stop());
      const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
      this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
      this.#recorder.ondataavailable = ({ data }) => this.#parts.push(data);
      this.#recorder.start();
      this.#startedAt = performance.now();
      this.#listen(stream);
    } catch (error) {
      this.#fire('problem', t(error.name === 'NotAllowedError' ? 'voice.forbidden' : 'voice.none'));
    }
  }

  #listen(stream) {
    this.#sound = new AudioContext();
    const analyser = this.#sound.createAnalyser();
    analyser.fftSize = 512;
    this.#sound.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
      this.levels = [...this.levels.slice(1 - BARS), Math.min(1, loudest * 1.6)];
      this.seconds = (performance.now() - this.#startedAt) / 1000;
      if (this.seconds >= SECONDS_MAX) this.#finish();
    }, TICK_MS);
  }

  #finish = () => {
    const seconds = Math.max(1, Math.round(this.seconds));
    const recorder = this.#recorder;
    recorder.onstop = () => {
      const type = recorder.mimeType.split(';')[0];
      this.#fire('recorded', { file: new File(this.#parts, 'voice', { type }), seconds });
    };
    this.#stop();
  };

  #stop() {
    clearInterval(this.#timer);
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
    this.#recorder?.stream.getTracks().forEach((track) => track.stop());
    if (this.#sound && this.#sound.state !== 'closed') this.#sound.close();
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('voice-recorder', VoiceRecorder);
