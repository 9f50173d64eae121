/// An invite in the hands of somebody who is signed in: it says where it leads, and a click goes there.

import { html, nothing, render } from 'lit';
import { openDialog } from '../chat/dialog.js';
import { t } from '../i18n.js';
import { attempt } from '../view/attempt.js';
import { isLive } from './invite-card.js';

export function openInvite(store, token) {
  const dialog = openDialog(t('invite.title'), 'invite-dialog');
  const show = (sight) =>
    render(
      html`
        <invite-card .token=${token} @looked=${({ detail }) => show(detail)}></invite-card>
        <div class="sheet-actions">
          <button class="quiet-button" type="button" data-testid="invite-later" @click=${dialog.close}>${t(sight && isLive(sight) ? 'cancel' : 'close')}</button>
          ${sight && isLive(sight) && sight.kind !== 'INVITE_SERVER'
            ? html`<button class="primary" type="button" data-testid="invite-accept" @click=${() => accept(store, token, dialog)}>
                ${t(sight.kind === 'INVITE_GROUP' ? 'group.join' : 'invite.befriend')}</button>`
            : nothing}
        </div>`,
      dialog.body,
    );
  show(null);
}

/// Leaving the dialog goes back in the history, so the way on begins only after that.
async function accept(store, token, dialog) {
  const closed = new Promise((done) => dialog.element.addEventListener('close', done, { once: true }));
  dialog.close();
  await closed;
  await comeIn(store, token);
}

/// Uses the invite and goes where it leads.
export function comeIn(store, token) {
  return attempt(store, async () => {
    const { group_id: group, user_id: user } = await store.request('invite.InviteService/AcceptInvite', { token });
    if (Number(group ?? 0) > 0) location.hash = `group:${group}`;
    else if (user === store.me) store.tell(t('invite.own'));
    else if (Number(user ?? 0) > 0) location.hash = `user:${user}`;
  });
}
