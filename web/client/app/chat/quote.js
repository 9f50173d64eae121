/// The message that another one answers: who said it and one line of it. A click goes there.

import { html } from 'lit';
import { t } from '../i18n.js';
import { summaryOf } from './summary.js';

/// `view` as for a row.
export function quote(seq, { store, chat, on }) {
  const quoted = store.quoted(chat, seq);
  return html`
    <button class="quote" type="button" data-testid="quote" data-quoted-seq=${seq} aria-label=${t('message.go-to-quoted')}
      @click=${() => on.seek(seq)}>${quoteLines(quoted, store)}</button>`;
}

/// `quoted` is a message, or undefined while it is not known.
export function quoteLines(quoted, store) {
  if (!quoted) return html`<span>…</span>`;
  const mine = quoted.senderId === store.me;
  const name = mine ? t('message.you') : store.directory.user(quoted.senderId).name;
  return html`<strong dir="auto">${name}</strong><span dir="auto">${summaryOf(quoted)}</span>`;
}
