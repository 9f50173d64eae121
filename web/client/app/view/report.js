/// Reports something to the operators: a dialog with the usual reasons, room for more, and for people a block.

import { html, nothing, render } from 'lit';
import { t } from '../i18n.js';
import { FIXED } from '../limits.js';
import { friendsOf } from '../people/friends.js';
import { attempt } from './attempt.js';

const REASONS = ['spam', 'harassment', 'violence', 'sexual', 'pretending', 'other'];
// The server takes so many characters for both; the longest of the reasons has fewer than these.
const REASON_CHARS = 60;

/// `kind`: 'ACCOUNT', 'MESSAGE' or 'GROUP'; `id` of it; `person`: the account that can be blocked too, or nothing.
export async function report(store, kind, id, person = null) {
  const blockable = person && person !== store.me && !friendsOf(store).relation(person)?.blocking;
  const answer = await questions(kind.toLowerCase(), blockable);
  if (!answer) return;
  const reason = [t(`report.reason-${answer.reason}`), answer.more.trim()].filter(Boolean).join(': ');
  const sent = () => store.request('report.ReportService/Report', { kind: `REPORT_${kind}`, target_id: id, reason });
  if (!(await attempt(store, sent, t('report.done')))) return;
  if (answer.block) await attempt(store, () => friendsOf(store).block(person, true), t('report.done-blocked'));
}

/// `{reason, more, block}`, or null if the user thought better of it.
function questions(what, blockable) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'ask';
    dialog.dataset.testid = 'report-dialog';
    dialog.setAttribute('aria-labelledby', 'report-title');
    let answer = null;
    const submit = (event) => {
      event.preventDefault();
      answer = Object.fromEntries(new FormData(event.target));
      dialog.close();
    };
    render(form(what, blockable, submit, () => dialog.close()), dialog);
    dialog.addEventListener('change', () => {
      // "Something else" says nothing by itself.
      dialog.querySelector('textarea').required = new FormData(dialog.querySelector('form')).get('reason') === 'other';
    });
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('[name=reason]').focus();
  });
}

function form(what, blockable, submit, cancel) {
  return html`
    <form @submit=${submit}>
      <h2 id="report-title">${t(`report.title-${what}`)}</h2>
      <p class="ask-text">${t(`report.text-${what}`)}</p>
      <div class="choices" role="radiogroup" aria-labelledby="report-title">
        ${REASONS.map((reason, at) => html`
          <label class="choice"><input type="radio" name="reason" value=${reason} data-testid="reason-${reason}" ?checked=${at === 0}>
            <span>${t(`report.reason-${reason}`)}</span></label>`)}
      </div>
      <label for="report-more">${t('report.more')}</label>
      <textarea id="report-more" name="more" dir="auto" data-testid="report-more" rows="3" maxlength=${FIXED.reportChars - REASON_CHARS}></textarea>
      ${blockable ? html`
        <label class="choice"><input type="checkbox" name="block" data-testid="report-block"><span>${t('report.block')}</span></label>` : nothing}
      <footer>
        <button class="plain" type="button" data-testid="report-cancel" @click=${cancel}>${t('cancel')}</button>
        <button class="primary danger" type="submit" data-testid="report-send">${t('report.send')}</button>
      </footer>
    </form>`;
}
