/// Keys that work wherever one is: Ctrl+K (⌘K) goes to the search for a chat, `?` tells all keys.

import { html, render } from 'lit';
import { t } from '../i18n.js';
import { openDialog } from './dialog.js';

const CTRL = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+';
const KEYS = [
  ['shortcut.jump', `${CTRL}K`],
  ['shortcut.edit-last', '↑'],
  ['shortcut.line', 'Shift+Enter'],
  ['shortcut.send', `${CTRL}Enter`],
  ['format.bold', `${CTRL}B`],
  ['format.italic', `${CTRL}I`],
  ['shortcut.give-up', 'Esc'],
  ['shortcut.messages', '↑ ↓'],
  ['shortcut.parts', 'F6'],
  ['shortcut.help', '?'],
];

addEventListener('keydown', (event) => {
  if (!document.querySelector('chats-section') || document.querySelector('dialog[open]')) return;
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    goToSearch();
  } else if (event.key === '?' && !event.target.closest('input, textarea, [contenteditable]')) showShortcuts();
});

/// Goes to the search above the list, which on a phone is where the list is.
export async function goToSearch() {
  const field = document.querySelector('list-search input');
  if (!field.checkVisibility()) {
    location.hash = 'chats';
    await new Promise((resolve) => addEventListener('hashchange', () => setTimeout(resolve), { once: true }));
  }
  field.focus();
  field.select();
}

function showShortcuts() {
  const dialog = openDialog(t('shortcut.title'), 'shortcuts-dialog');
  render(
    html`<dl class="shortcuts" data-testid="shortcuts">${KEYS.map(([name, keys]) => html`<div><dt>${t(name)}</dt><dd><kbd>${keys}</kbd></dd></div>`)}</dl>`,
    dialog.body,
  );
}
