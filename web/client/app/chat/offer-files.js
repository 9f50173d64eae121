/// Shows files before they are sent, each with what it will be sent as: a picture, a video, a sound, or a file.

import { html, nothing, render } from 'lit';
import { fileSize } from '../format.js';
import { t } from '../i18n.js';
import { FIXED, limits } from '../limits.js';
import { icon } from '../view/icons.js';
import { openDialog } from './dialog.js';
import { videoFacts, soundFacts } from './media-facts.js';

// More would make one message after the other without end.
const FILES_MAX = 20;
const PICTURES = ['image/jpeg', 'image/png', 'image/gif'];

/// `more` goes with each (Outbox.add); `sent()` is called once they are on their way.
export function offerFiles(files, { store, chat, more, sent }) {
  let items = Array.from(files, itemOf);
  if (items.length === 0) return;
  const dialog = openDialog(t('files.title'), 'files-dialog');
  const release = () => items.forEach((item) => URL.revokeObjectURL(item.address));
  dialog.element.addEventListener('close', release);
  const drop = (item) => {
    items = items.filter((each) => each !== item);
    if (items.length === 0) dialog.close();
    else show();
  };
  const send = async () => {
    dialog.close();
    for (const item of items.filter(({ problem }) => !problem)) await sendItem(item, store, chat, more);
    sent();
  };
  const show = () => {
    const good = items.filter(({ problem }) => !problem).length;
    render(
      html`
        <ul class="file-list">${items.map((item) => line(item, () => drop(item)))}</ul>
        ${items.length > FILES_MAX ? html`<p class="fault" role="alert">${t('files.too-many', { n: FILES_MAX })}</p>` : nothing}
        <footer class="sheet-actions">
          <button class="quiet-button" type="button" @click=${dialog.close}>${t('cancel')}</button>
          <button class="primary" type="button" autofocus data-testid="send-files" ?disabled=${good === 0 || items.length > FILES_MAX}
            @click=${send}>${t('files.send', { n: good })}</button>
        </footer>`,
      dialog.body,
    );
  };
  show();
  dialog.body.querySelector('[autofocus]').focus();
}

function itemOf(file) {
  const kind = PICTURES.includes(file.type) && file.size <= limits.imageBytes ? 'image'
    : file.type.startsWith('video/') ? 'video'
    : file.type.startsWith('audio/') ? 'sound'
    : 'file';
  const problem = file.size === 0 ? t('files.empty') : file.size > limits.fileBytes ? t('files.too-large', { size: fileSize(limits.fileBytes) }) : '';
  return { file, kind, problem, address: URL.createObjectURL(file) };
}

function line(item, drop) {
  const { file, kind, problem, address } = item;
  return html`
    <li class="file-item" data-testid="offered-file" data-kind=${kind}>
      ${kind === 'image' ? html`<img src=${address} alt="">` : html`<span class="card-icon">${icon(kind)}</span>`}
      <span class="card-lines"><strong>${file.name}</strong>
        <small class=${problem ? 'fault' : ''}>${problem || `${t(`kind.${kind}`)} · ${fileSize(file.size)}`}</small></span>
      <button class="icon-button small" type="button" aria-label=${t('files.remove')} @click=${drop}>${icon('close')}</button>
    </li>`;
}

async function sendItem({ file, kind }, store, chat, more) {
  const name = file.name.slice(0, FIXED.fileNameChars);
  if (kind === 'video') {
    const { seconds, poster } = await videoFacts(file);
    store.send(chat, kind, { name, seconds }, { ...more, file, poster });
  } else if (kind === 'sound') {
    store.send(chat, kind, { seconds: await soundFacts(file) }, { ...more, file });
  } else {
    store.send(chat, kind, kind === 'file' ? { name, size: file.size } : {}, { ...more, file });
  }
}
