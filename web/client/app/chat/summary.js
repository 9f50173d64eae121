/// A message in one line of plain text.

import { t } from '../i18n.js';
import { KINDS } from '../kinds/index.js';
import { isLine } from '../model/lines.js';
import { lineText } from './line-row.js';

/// With who said it, as a list shows it.
export function summary(message, store, isGroup) {
  if (!message) return t('list.nothing');
  if (message.recalled) return recalledBy(message, store);
  if (isLine(message)) return lineText(message, store);
  const mine = message.senderId === store.me;
  const { name } = store.directory.user(message.senderId);
  const text = said(message);
  if (mine) return t('list.you', { text });
  return isGroup ? t('message.from', { name, text }) : text;
}

/// Who took it back. Where that was not its sender, it was somebody who leads the group.
export function recalledBy({ senderId, recalledBy: by }, store) {
  if (by && by !== senderId) {
    return by === store.me ? t('message.removed-you') : t('message.removed', { name: store.directory.user(by).name });
  }
  return senderId === store.me ? t('message.recalled-you') : t('message.recalled', { name: store.directory.user(senderId).name });
}

/// What it says, without who; says so if it was taken back.
export function summaryOf(message) {
  if (message.hidden) return t('message.deleted-quoted');
  return message.recalled ? t('message.recalled-quoted') : said(message);
}

const NAMED_CHARS = 40;

/// What the menu of a message is called.
export function menuName(message) {
  return t('message.menu-of', { text: shortened(said(message)) });
}

/// What the box that selects it is called.
export function selectName(message) {
  return t('select.one', { text: shortened(said(message)) });
}

function shortened(text) {
  return text.length > NAMED_CHARS ? `${text.slice(0, NAMED_CHARS)}…` : text;
}

/// Of what the server says only an announcement has words of its own.
export function said({ kind, content }) {
  if (isLine({ kind })) return content.text;
  return KINDS[kind]?.preview(content) ?? t('message.unknown');
}
