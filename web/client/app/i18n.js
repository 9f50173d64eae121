/// Texts in the user's language. A language is one module in `text/`; every module has the same keys.

import en from './text/en.js';
import zhCN from './text/zh-CN.js';

const TEXTS = { en, 'zh-CN': zhCN };
const CHOICE = 'parley.language';

/// Languages in the order in which the switch goes through them, with their own names.
export const LANGUAGES = { en: 'English', 'zh-CN': '中文' };

/// Fires `change` when the user picks another language.
export const languages = new EventTarget();

let current = chosen();
document.documentElement.lang = current;

export function language() {
  return current;
}

export function setLanguage(code) {
  current = code;
  localStorage.setItem(CHOICE, code);
  document.documentElement.lang = code;
  languages.dispatchEvent(new Event('change'));
}

/// Adds texts by language, for a page that has more to say than the client.
export function addTexts(more) {
  for (const [code, texts] of Object.entries(more)) Object.assign(TEXTS[code], texts);
}

/// The text of `key` with `{name}` replaced by `values.name`. With a count `n`, `key.one` is taken for 1 if there
/// is one.
export function t(key, values = {}) {
  const texts = TEXTS[current];
  const text = (values.n === 1 && texts[`${key}.one`]) || texts[key] || en[key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/// Whether there is a text of this key.
export function known(key) {
  return key in en;
}

function chosen() {
  const kept = localStorage.getItem(CHOICE);
  if (kept in TEXTS) return kept;
  return navigator.languages.some((code) => /^zh\b/i.test(code)) && !/^en\b/i.test(navigator.language) ? 'zh-CN' : 'en';
}
