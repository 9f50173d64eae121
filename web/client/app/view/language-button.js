/// A button that switches to the next language and says its name.

import { html } from 'lit';
import { LANGUAGES, language, setLanguage, t } from '../i18n.js';
import { icon } from './icons.js';

export function languageButton() {
  const codes = Object.keys(LANGUAGES);
  const next = codes[(codes.indexOf(language()) + 1) % codes.length];
  return html`
    <button class="quiet-button" type="button" data-testid="language" lang=${next}
      title=${t('language')} @click=${() => setLanguage(next)}>${icon('globe')}<span>${LANGUAGES[next]}</span></button>`;
}
