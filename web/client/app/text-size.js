/// How large text is: kept by the browser, put on <html> as `data-text`, which `theme.css` reads. All sizes of text are
/// parts of it, so the browser's own setting counts too. `early.js` does the same before the first paint.

const CHOICE = 'parley.text';

export const TEXT_SIZES = ['small', 'normal', 'large', 'larger'];

export function textSize() {
  const kept = localStorage.getItem(CHOICE);
  return TEXT_SIZES.includes(kept) ? kept : 'normal';
}

export function setTextSize(name) {
  if (name === 'normal') localStorage.removeItem(CHOICE);
  else localStorage.setItem(CHOICE, name);
  put();
}

function put() {
  const size = textSize();
  if (size === 'normal') delete document.documentElement.dataset.text;
  else document.documentElement.dataset.text = size;
}

// Another tab of this browser has chosen.
addEventListener('storage', (event) => event.key === CHOICE && put());
