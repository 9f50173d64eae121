/// All symbols, to react with one that is not in the quick row.

import { html } from 'lit';
import { t } from '../i18n.js';
import './face-grid.js';
import { openMenu } from './popup.js';

export function showReactionPicker(anchor, chosen) {
  openMenu(anchor, t('message.react'), [], (close) => html`
    <face-grid @symbol=${(event) => {
      close();
      chosen(event.detail);
    }}></face-grid>`);
}
