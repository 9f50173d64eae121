/// A message on its way out: sending, with how far its upload is, or failed.

import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { KINDS } from '../kinds/index.js';
import { icon } from '../view/icons.js';
import { quote } from './quote.js';

export function waitingRow({ waiting, joined }, view) {
  const { kind, content, state, error, file, replyToSeq } = waiting;
  const failed = state === 'failed';
  const bare = KINDS[kind].bare && !replyToSeq;
  return html`
    <article class="message mine ${joined ? 'joined' : ''} ${failed ? 'failed' : 'waiting'}" data-testid="message" data-state=${state}
      data-kind=${kind} tabindex="-1">
      <div class="bubble-column">
        <div class="bubble ${bare ? 'bare' : ''}">
          ${replyToSeq ? quote(replyToSeq, view) : nothing}
          ${file ? KINDS[kind].renderWaiting(waiting) : KINDS[kind].render(content, { message: waiting, ...view })}
          ${file && !failed ? progress(waiting, view) : nothing}
          ${failed
            ? nothing
            : html`<footer class="meta"><span class="mark" role="img" aria-label=${t('message.sending')}>${icon('clock')}</span></footer>`}
          ${failed ? failure(waiting, error, view) : nothing}
        </div>
      </div>
    </article>`;
}

function progress({ clientMessageId: id, progress: part }, { store }) {
  const percent = Math.round(part * 100);
  return html`
    <span class="upload">
      <progress max="100" .value=${percent} aria-label=${t('message.uploading', { n: percent })}></progress>
      <button class="icon-button small" type="button" data-testid="cancel-upload" aria-label=${t('message.cancel')}
        title=${t('message.cancel')} @click=${() => store.outbox.remove(id)}>${icon('close')}</button>
    </span>`;
}

function failure({ clientMessageId: id }, error, { store }) {
  return html`
    <p class="failure" role="alert">${icon('alert')}<span>${t('message.failed')}: ${error}</span>
      <button class="link-button" type="button" data-testid="retry" @click=${() => store.outbox.retry(id)}>${t('message.retry')}</button>
      <button class="link-button" type="button" data-testid="discard" @click=${() => store.outbox.remove(id)}>${t('message.discard')}</button></p>`;
}
