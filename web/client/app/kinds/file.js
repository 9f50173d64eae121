import { fileSize } from '../format.js';
import { t } from '../i18n.js';
import { linkCard } from './link-card.js';

export const field = 'file';
export const method = 'File';

export function preview({ name }) {
  return `[${t('kind.file')}] ${name ?? ''}`;
}

export function render({ url, name, size }) {
  return linkCard('file', url, name || t('kind.file'), fileSize(size), name);
}

export function renderWaiting({ content }) {
  return linkCard('file', '', content.name, fileSize(content.size));
}

export function uploaded({ url, size }, { name }) {
  return { name, size, url };
}
