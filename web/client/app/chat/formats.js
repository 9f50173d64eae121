/// What the composer can do to the words that are selected: put signs around them, or before their lines, and take them
/// away again. By a menu, or with Ctrl (⌘) and a key.

import { t } from '../i18n.js';
import { openMenu } from './popup.js';

const AROUND = {
  bold: { sign: '**', key: 'b' },
  italic: { sign: '_', key: 'i' },
  strike: { sign: '~~', key: 'x', shift: true },
  code: { sign: '`', key: 'e' },
  spoiler: { sign: '||', key: 'p', shift: true },
};
const BEFORE = { quote: '> ', list: '- ' };
const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/// The menu of `anchor` for the words selected in `area`.
export function formatMenu(anchor, area) {
  openMenu(anchor, t('composer.format'), [
    ...Object.entries(AROUND).map(([name, { sign, key, shift }]) => ({
      label: t(`format.${name}`),
      icon: name,
      testid: `format-${name}`,
      keys: `${APPLE ? '⌘' : 'Ctrl+'}${shift ? (APPLE ? '⇧' : 'Shift+') : ''}${key.toUpperCase()}`,
      act: () => around(area, sign),
    })),
    ...Object.entries(BEFORE).map(([name, sign]) => ({
      label: t(`format.${name}`),
      icon: name,
      testid: `format-${name}`,
      act: () => before(area, sign),
    })),
  ]);
}

/// Does what the keys mean; true if they mean something.
export function formatKeyed(event) {
  if (event.altKey || !(APPLE ? event.metaKey : event.ctrlKey)) return false;
  const key = event.key.toLowerCase();
  const found = Object.values(AROUND).find((each) => each.key === key && Boolean(each.shift) === event.shiftKey);
  if (!found) return false;
  event.preventDefault();
  around(event.target, found.sign);
  return true;
}

function around(area, sign) {
  const { value, selectionStart: start, selectionEnd: end } = area;
  const n = sign.length;
  const outside = value.slice(start - n, start) === sign && value.slice(end, end + n) === sign;
  if (outside) {
    area.setSelectionRange(start - n, end + n);
    put(area, value.slice(start, end), start - n, end - n);
  } else {
    put(area, sign + value.slice(start, end) + sign, start + n, end + n);
  }
}

/// Whole lines, those that the selection touches.
function before(area, sign) {
  const { value, selectionStart, selectionEnd } = area;
  const start = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const next = value.indexOf('\n', selectionEnd);
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split('\n');
  const all = lines.every((line) => line.startsWith(sign));
  const made = lines.map((line) => (all ? line.slice(sign.length) : sign + line)).join('\n');
  area.setSelectionRange(start, end);
  put(area, made, start + made.length, start + made.length);
}

/// In place of what is selected, as if it was typed: so it can be undone.
function put(area, text, start, end) {
  area.focus();
  if (text) document.execCommand('insertText', false, text);
  else document.execCommand('delete');
  area.setSelectionRange(start, end);
}
