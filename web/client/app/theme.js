/// Light, dark, or as the system has it: kept by the browser, put on <html> as `data-theme`, which `theme.css` reads.
/// `early.js` does the same before the first paint.

const CHOICE = 'parley.theme';

export const THEMES = ['system', 'light', 'dark'];

export function theme() {
  const kept = localStorage.getItem(CHOICE);
  return THEMES.includes(kept) ? kept : 'system';
}

export function setTheme(name) {
  if (name === 'system') localStorage.removeItem(CHOICE);
  else localStorage.setItem(CHOICE, name);
  if (name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  paintFrame();
}

/// The browser's own bars take the colour of the page; `<meta>` knows media queries only.
function paintFrame() {
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    const scheme = theme() === 'system' ? (meta.media.includes('dark') ? 'dark' : 'light') : theme();
    meta.content = scheme === 'dark' ? '#131617' : '#f4f3ef';
  }
}

paintFrame();
// Another tab of this browser has chosen.
addEventListener('storage', (event) => event.key === CHOICE && setTheme(theme()));
