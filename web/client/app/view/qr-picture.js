/// A QR code as a picture, always dark on light: scanners do not know it the other way round.

import { html, svg } from 'lit';
import { qr } from '../qr.js';

/// Modules of nothing around it, which scanners want.
const QUIET = 4;

/// Of `text`; `label` is what it is called to whoever does not see it.
export function qrPicture(text, label, testid) {
  const rows = qr(text);
  const size = rows.length + 2 * QUIET;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ''))).join('');
  return html`
    <svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label} data-testid=${testid} shape-rendering="crispEdges">
      ${svg`<rect width=${size} height=${size}/><path d=${path}/>`}
    </svg>`;
}
