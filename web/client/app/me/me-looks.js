/// The language of this browser and its colours.

import { html } from 'lit';
import { LANGUAGES, language, setLanguage, t } from '../i18n.js';
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
          <p class="hint">${t('me.looks-text')}</p>
        </div>
      </main>`;
  }
}

customElements.define('me-looks', MeLooks);
