/// How this browser does things: its language, its colours, how large text is, what Enter does, and whether it tells of new messages.

import { html } from 'lit';
import { enterSends, setEnterSends } from '../enter.js';
import { LANGUAGES, language, setLanguage, t } from '../i18n.js';
import { previewsOn, setPreviews } from '../model/previews.js';
import { noticesAllowed, noticesAskable, noticesOn, setNotices } from '../notices.js';
import { setSound, soundOn } from '../sounds.js';
import { setTextSize, textSize, TEXT_SIZES } from '../text-size.js';
import { setTheme, theme, THEMES } from '../theme.js';
import { ParleyElement } from '../view/element.js';
import { paneHead } from '../view/pane.js';

class MeLooks extends ParleyElement {
  render() {
    return html`
      <main class="pane">
        ${paneHead(t('me.looks'), '#me')}
        <div class="pane-body">
          <fieldset class="panel">
            <legend>${t('language')}</legend>
            ${Object.entries(LANGUAGES).map(([code, name]) => html`
              <label class="choice"><input type="radio" name="language" value=${code} data-testid="language-${code}" .checked=${code === language()}
                @change=${() => setLanguage(code)}><span lang=${code}>${name}</span></label>`)}
          </fieldset>
          <fieldset class="panel">
            <legend>${t('me.theme')}</legend>
            ${THEMES.map((name) => html`
              <label class="choice"><input type="radio" name="theme" value=${name} data-testid="theme-${name}" .checked=${name === theme()}
                @change=${() => setTheme(name)}><span>${t(`me.theme-${name}`)}</span></label>`)}
          </fieldset>
          <fieldset class="panel">
            <legend>${t('me.text')}</legend>
            ${TEXT_SIZES.map((name) => html`
              <label class="choice"><input type="radio" name="text" value=${name} data-testid="text-${name}" .checked=${name === textSize()}
                @change=${() => setTextSize(name)}><span>${t(`me.text-${name}`)}</span></label>`)}
          </fieldset>
          <fieldset class="panel">
            <legend>${t('me.enter')}</legend>
            ${[true, false].map((sends) => html`
              <label class="choice"><input type="radio" name="enter" data-testid="enter-${sends ? 'send' : 'line'}" .checked=${sends === enterSends()}
                @change=${() => setEnterSends(sends)}><span>${t(`me.enter-${sends ? 'send' : 'line'}`)}</span></label>`)}
          </fieldset>
          ${this.#notices()} ${this.#previews()}
          <p class="hint">${t('me.looks-text')}</p>
        </div>
      </main>`;
  }

  /// A browser that was told no does not ask again: then only its own settings help.
  #notices() {
    const settable = noticesAllowed() || noticesAskable();
    return html`
      <section class="panel">
        <label class="switch">
          <span>${t('me.notices')}<small>${t(settable ? 'me.notices-hint' : 'me.notices-blocked')}</small></span>
          <input type="checkbox" role="switch" data-testid="notices" .checked=${noticesOn()} ?disabled=${!settable} @change=${this.#switchNotices}>
        </label>
        <label class="switch">
          <span>${t('me.sound')}<small>${t('me.sound-hint')}</small></span>
          <input type="checkbox" role="switch" data-testid="sound" .checked=${soundOn()} @change=${({ target }) => setSound(target.checked)}>
        </label>
      </section>`;
  }

  #previews() {
    return html`
      <section class="panel">
        <label class="switch">
          <span>${t('me.previews')}<small>${t('me.previews-hint')}</small></span>
          <input type="checkbox" role="switch" data-testid="previews" .checked=${previewsOn()} @change=${({ target }) => setPreviews(target.checked)}>
        </label>
      </section>`;
  }

  async #switchNotices({ target }) {
    target.checked = await setNotices(target.checked);
    this.requestUpdate();
  }
}

customElements.define('me-looks', MeLooks);
