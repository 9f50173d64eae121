/// Who has read a message of one's own in a group: a dialog with their names.

import { html, render } from 'lit';
import { t } from '../i18n.js';
import { readers } from '../model/deeds.js';
import { avatar } from '../view/avatar.js';
import { openDialog } from './dialog.js';

export async function showReaders(message, store) {
  const dialog = openDialog(t('message.readers'), 'readers-dialog');
  const show = (content) => render(content, dialog.body);
  show(html`<p class="note">${t('chat.loading')}</p>`);
  try {
    const { count, userIds } = await readers(store, message);
    const list = () => show(html`
      <p class="hint" data-testid="readers-count">${t('message.read-by', { n: count })}</p>
      <ul class="found">
        ${userIds.map((id) => {
          const entry = store.directory.user(id);
          return html`<li class="person" data-testid="reader">${avatar(entry)}<span>${entry.name || '…'}</span></li>`;
        })}
      </ul>`);
    list();
    // Names come one after the other.
    store.addEventListener('change', list);
    dialog.element.addEventListener('close', () => store.removeEventListener('change', list));
  } catch (fault) {
    show(html`<p class="fault" role="alert">${fault.message}</p>`);
  }
}
