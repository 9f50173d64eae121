/// A small line chart, drawn by ourselves: one or two lines over the last ten minutes. What it shows is also said in
/// words, to those who do not see it.

import { html, nothing, svg } from 'lit';
import { t } from '/app/i18n.js';

const WIDTH = 240;
const HEIGHT = 64;
const POINTS = 120;

/// `{id, title, lines: [{name, values}], show}`: values are oldest first, `show` makes a number a text.
export function lineChart({ id, title, lines, show }) {
  const most = Math.max(...lines.flatMap((line) => line.values), 0);
  const top = most > 0 ? most * 1.1 : 1;
  const now = lines.map((line) => show(line.values.at(-1) ?? 0));
  return html`
    <figure class="chart" data-testid="chart-${id}">
      <figcaption>${title}</figcaption>
      <p class="chart-now">${lines.map((line, i) => html`
        <span class="chart-value line-${i}">${line.name ? html`<small>${line.name}</small>` : nothing}<b data-testid="now-${id}${i || ''}">${now[i]}</b></span>`)}</p>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
        aria-label=${t('admin.chart', { title, now: now.join(' / '), most: show(most) })}>
        ${lines.map((line, i) => svg`<polyline class="line-${i}" points=${points(line.values, top)} />`)}
      </svg>
      <p class="chart-scale"><span>${t('admin.ten-minutes')}</span><span>${t('admin.at-most', { most: show(most) })}</span></p>
    </figure>`;
}

function points(values, top) {
  const step = WIDTH / (POINTS - 1);
  const start = WIDTH - step * (values.length - 1);
  return values.map((value, i) => `${(start + i * step).toFixed(1)},${(HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1)}`).join(' ');
}
