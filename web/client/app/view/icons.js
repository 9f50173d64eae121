/// Line icons on a 24 × 24 grid, drawn in the text's colour.

import { html, svg } from 'lit';

const SHAPES = {
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  chat: svg`<path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5z"/>`,
  heart: svg`<path d="M12 19.5S4 15 4 9.4A4.2 4.2 0 0 1 12 7.6a4.2 4.2 0 0 1 8 1.8c0 5.6-8 10.1-8 10.1z"/>`,
  star: svg`<path d="m12 4.2 2.4 4.9 5.4.8-3.9 3.8.9 5.3-4.8-2.5L7.2 19l.9-5.3-3.9-3.8 5.4-.8z"/>`,
  bell: svg`<path d="M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5zM10.3 20.5h3.4"/>`,
  compass: svg`<circle cx="12" cy="12" r="8.5"/><path d="m15.5 8.5-2 5-5 2 2-5z"/>`,
  block: svg`<circle cx="12" cy="12" r="8.5"/><path d="m6 6 12 12"/>`,
  person: svg`<circle cx="12" cy="8.5" r="3.8"/><path d="M4.5 20c.6-4 3.4-6 7.5-6s6.9 2 7.5 6"/>`,
  'person-plus': svg`<circle cx="10" cy="8.5" r="3.6"/><path d="M3 19.5c.6-3.8 3.2-5.6 7-5.6 1.6 0 3 .3 4 1M18 13.5v6M15 16.5h6"/>`,
  pencil: svg`<path d="m5 19 .8-3.7L16 5l3 3L8.7 18.2z"/>`,
  trash: svg`<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5"/>`,
  megaphone: svg`<path d="M4 10v4h3l8 4V6l-8 4zM18 9.5a4 4 0 0 1 0 5M8 14.2l1 5h2.5l-1-3.7"/>`,
  feed: svg`<rect x="4" y="4.5" width="16" height="15" rx="2.5"/><path d="M8 9h8M8 12.5h8M8 16h4.5"/>`,
  comment: svg`<path d="M12 4.5c-4.7 0-8.5 3-8.5 6.9 0 2.3 1.3 4.2 3.3 5.5L6 20.5l4.2-2.3c.6.1 1.2.1 1.8.1 4.7 0 8.5-3 8.5-6.9S16.7 4.5 12 4.5z"/>`,
  flag: svg`<path d="M6 20.5v-16M6 5.5c4-2 7 2 12 0v8.5c-5 2-8-2-12 0"/>`,
  device: svg`<rect x="3.5" y="5" width="17" height="11" rx="2"/><path d="M8.5 19.5h7M12 16v3.5"/>`,
  phone: svg`<rect x="7" y="3.5" width="10" height="17" rx="2.5"/><path d="M11 17.5h2"/>`,
  lock: svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`,
  key: svg`<circle cx="8" cy="15.5" r="3.8"/><path d="m10.8 12.7 8-8M15.5 8l2.5 2.5"/>`,
  sun: svg`<circle cx="12" cy="12" r="3.8"/><path d="M12 3.5v2M12 18.5v2M3.5 12h2M18.5 12h2M6 6l1.4 1.4M16.6 16.6 18 18M6 18l1.4-1.4M16.6 7.4 18 6"/>`,
  gear: svg`<circle cx="12" cy="12" r="3"/><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M6 18l2.1-2.1M15.9 8.1 18 6"/>`,
  question: svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.6M12 16.3v.2"/>`,
  right: svg`<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>`,
  send: svg`<path d="M5 12h13M12.5 5.5 19 12l-6.5 6.5"/>`,
  image: svg`<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><circle cx="9" cy="10" r="1.6"/><path d="m5 17 5-4.5 3 2.5 3-3 4 4"/>`,
  smile: svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14.5c.8 1.2 2 1.9 3.5 1.9s2.7-.7 3.5-1.9M9 9.8v.2M15 9.8v.2"/>`,
  back: svg`<path d="m14.5 5.5-6.5 6.5 6.5 6.5"/>`,
  close: svg`<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4 4"/>`,
  exit: svg`<path d="M10 5H6.5A1.5 1.5 0 0 0 5 6.5v11A1.5 1.5 0 0 0 6.5 19H10M14.5 8l4 4-4 4M18.5 12H10"/>`,
  globe: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5.5 5.3 5.5 11.7 0 17M12 3.5c-5.5 5.3-5.5 11.7 0 17"/>`,
  down: svg`<path d="M12 5v13M6 12.5l6 6 6-6"/>`,
  more: svg`<path d="M6 12h.01M12 12h.01M18 12h.01"/>`,
  clock: svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`,
  check: svg`<path d="m5.5 12.5 4.5 4.5 8.5-9.5"/>`,
  checks: svg`<path d="m2.5 12.5 4 4 8-9M10.5 16l.5.5 9-9.5"/>`,
  alert: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5.5M12 16.3v.2"/>`,
  pin: svg`<path d="M12 21c4.5-4.8 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2 6.2 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>`,
  file: svg`<path d="M13.5 3.5h-6A1.5 1.5 0 0 0 6 5v14a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 18 19V8z"/><path d="M13.5 3.5V8H18"/>`,
  sound: svg`<path d="M12 3.5a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5zM6 11a6 6 0 0 0 12 0M12 17v3.5"/>`,
  video: svg`<rect x="3.5" y="6" width="12" height="12" rx="2.5"/><path d="m15.5 10.5 5-3v9l-5-3z"/>`,
  people: svg`<circle cx="9" cy="9" r="3.3"/><path d="M3 19c.5-3.3 2.8-5 6-5s5.5 1.7 6 5M16 6.2a3 3 0 0 1 0 5.6M17.5 14.3c2 .6 3.2 2.2 3.5 4.7"/>`,
  eye: svg`<path d="M3 12c2-4 5-6 9-6s7 2 9 6c-2 4-5 6-9 6s-7-2-9-6z"/><circle cx="12" cy="12" r="2.7"/>`,
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
