/// A menu beside the button that opens it: arrow keys move, Escape and a click elsewhere close it, and the focus goes
/// back to the button.

import { html, nothing, render } from 'lit';
import { icon } from '../view/icons.js';

const GAP_PX = 6;
const REOPEN_MS = 250;

// The button whose press has just closed its menu: the click that follows must not open it again.
let justClosed = { anchor: null, at: 0 };

/// `items` are `{label, icon, act, testid, danger, keys}`, with `keys` as they do the same; falsy ones are left out. `head` (a template, given `close`) stands
/// above them.
export function openMenu(anchor, label, items, head = null) {
  if (justClosed.anchor === anchor && performance.now() - justClosed.at < REOPEN_MS) return;
  const popup = document.createElement('div');
  popup.className = 'popup';
  popup.popover = 'auto';
  const close = () => popup.hidePopover();
  render(
    html`
      ${head ? head(close) : nothing}
      ${items.length > 0
        ? html`<div role="menu" aria-label=${label}>${items.filter(Boolean).map((item) => entry(item, close))}</div>`
        : nothing}`,
    popup,
  );
  popup.addEventListener('keydown', (event) => move(event, popup));
  let pressed = null;
  const press = ({ target }) => (pressed = anchor.contains(target) ? anchor : null);
  document.addEventListener('pointerdown', press, true);
  popup.addEventListener('toggle', ({ newState }) => {
    if (newState === 'open') return;
    document.removeEventListener('pointerdown', press, true);
    justClosed = { anchor: pressed, at: performance.now() };
    const inside = popup.contains(document.activeElement) || document.activeElement === document.body;
    popup.remove();
    if (inside && anchor.isConnected) anchor.focus();
  });
  // Inside an open dialog the rest of the page is inert.
  (anchor.closest('dialog') ?? document.body).append(popup);
  popup.showPopover();
  // Elements inside render a moment later.
  queueMicrotask(() => {
    place(popup, anchor);
    popup.querySelector('button')?.focus();
  });
}

function entry({ label, icon: shape, act, testid, danger, keys }, close) {
  const chosen = () => {
    close();
    act();
  };
  return html`
    <button type="button" role="menuitem" class=${danger ? 'danger' : ''} data-testid=${testid ?? nothing} @click=${chosen}>
      ${shape ? icon(shape) : nothing}<span>${label}</span>${keys ? html`<kbd>${keys}</kbd>` : nothing}
    </button>`;
}

/// Below the button where there is room, else above; never over the edge of the page.
function place(popup, anchor) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = popup.getBoundingClientRect();
  const below = at.bottom + GAP_PX;
  const top = below + height > innerHeight ? Math.max(GAP_PX, at.top - GAP_PX - height) : below;
  const left = at.left + width > innerWidth - GAP_PX ? at.right - width : at.left;
  popup.style.top = `${top}px`;
  popup.style.left = `${Math.max(GAP_PX, left)}px`;
}

function move(event, popup) {
  const buttons = [...popup.querySelectorAll('button')];
  const now = buttons.indexOf(document.activeElement);
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  let next = null;
  if (event.key in steps) next = (now + steps[event.key] + buttons.length) % buttons.length;
  else if (event.key === 'Home') next = 0;
  else if (event.key === 'End') next = buttons.length - 1;
  if (next === null) return;
  event.preventDefault();
  buttons[next].focus();
}
