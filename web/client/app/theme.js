/// Light, dark, or as the system has it: kept by the browser, put on <html> as `data-theme`, which `theme.css` reads.
/// `early.js` does the same before the first paint.

const CHOICE = 'parley.theme';

export const THEMES = ['system', 'light', 'dark'];

export function theme() {
  const kept = localStorage.getItem(CHOICE);
  return THEMES.includes(kept) ? kept : 'system';
}

const bars = [...document.querySelectorAll('meta[name="theme-color"]')].map((meta) => [meta, meta.media.includes('dark') ? 'dark' : 'light']);
const colours = new Map(bars.map(([meta, scheme]) => [scheme, meta.content]));

export function setTheme(name) {
  if (name === 'system') localStorage.removeItem(CHOICE);
  else localStorage.setItem(CHOICE, name);
  if (name === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  paintFrame();
}

/// The browser's own bars take the colour of the page; `<meta>` knows media queries only.
function paintFrame() {
  for (const [meta, scheme] of bars) {
    meta.content = colours.get(theme()) ?? colours.get(scheme);
  }
}

paintFrame();
// Another tab of this browser has chosen.
addEventListener('storage', (event) => event.key === CHOICE && setTheme(theme()));
