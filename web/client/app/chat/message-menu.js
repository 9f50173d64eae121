/// What can be done with a message: react, reply, copy, forward, star, pin, select it with others, edit, see who has read it, report it, delete
/// it for oneself, take it back. What the server would
/// refuse because the time for it is over is not offered.

import { html } from 'lit';
import { t } from '../i18n.js';
import { isWithin, limits } from '../limits.js';
import { copy } from '../kinds/text.js';
import { recall } from '../model/deeds.js';
import { isForwardable } from '../model/forwarding.js';
import { leads, mayPin, pin, star } from '../model/marks.js';
import { targetOf } from '../model/wire.js';
import { deleteWithUndo } from './deleting.js';
import { showForward } from './forward-picker.js';
import { openMenu } from './popup.js';
import { QUICK, toggle } from './reactions.js';
import { showReactionPicker } from './reaction-picker.js';
import { showReaders } from './readers.js';
import { menuName } from './summary.js';
import { icon } from '../view/icons.js';
import { attempt } from '../view/attempt.js';
import { report } from '../view/report.js';

/// `element` fires `reply`, `edit` and `select` with the message.
export function messageMenu(message, anchor, store, element) {
  const mine = message.senderId === store.me;
  const text = message.kind === 'text' ? message.content.content : '';
  const fire = (type) => element.dispatchEvent(new CustomEvent(type, { detail: message }));
  const { groupId } = targetOf(element.chat);
  const { ended } = store.conversation(element.chat);
  const mark = (name, on, act) =>
    ({ label: t(`message.${on ? 'un' : ''}${name}`), icon: name === 'pin' ? 'pinned' : name, testid: `${name}-message`, act: () => attempt(store, act) });
  const editable = !ended && mine && text && isWithin(message.createdAt, limits.editS);
  openMenu(
    anchor,
    menuName(message),
    [
      !ended && { label: t('message.reply'), icon: 'reply', testid: 'reply', act: () => fire('reply') },
      text && navigator.clipboard && { label: t('message.copy'), icon: 'copy', testid: 'copy', act: () => copy(text, store) },
      groupId && navigator.clipboard && { label: t('message.copy-link'), icon: 'link', testid: 'copy-link', act: () => copy(linkTo(element.chat, message), store) },
      isForwardable(message) && { label: t('message.forward'), icon: 'forward', testid: 'forward', act: () => showForward(store, [message]) },
      isForwardable(message) && { label: t('message.select'), icon: 'select', testid: 'select', act: () => fire('select') },
      mark('star', message.starred, () => star(store, message, message.starred)),
      mayPin(store, element.chat) && mark('pin', message.pinnedAt, () => pin(store, message, Boolean(message.pinnedAt))),
      editable && { label: t('message.edit'), icon: 'edit', testid: 'edit', act: () => fire('edit') },
      mine && groupId && { label: t('message.readers'), icon: 'checks', testid: 'readers', act: () => showReaders(message, store) },
      message.id && { label: t('message.delete'), icon: 'trash', testid: 'delete-message', danger: true, act: () => deleteWithUndo(store, [message]) },
      !mine && message.id && { label: t('report'), icon: 'flag', testid: 'report-message', danger: true, act: () => report(store, 'MESSAGE', message.id, message.senderId) },
      isRecallable(store, element.chat, message) && { label: t('message.recall'), icon: 'undo', testid: 'recall', danger: true, act: () => takeBack(store, message) },
    ],
    ended ? undefined : (close) => quickRow(message, anchor, store, close),
  );
}

/// Whether the server lets the account take it back: its own for a while, and what was said in a group that it leads.
export function isRecallable(store, chat, message) {
  const own = message.senderId === store.me && isWithin(message.createdAt, limits.recallS);
  return !store.conversation(chat).ended && (leads(store, chat) || own);
}

function quickRow(message, anchor, store, close) {
  const chosen = (symbol) => {
    close();
    toggle(store, message, symbol);
  };
  const more = () => {
    close();
    showReactionPicker(anchor, (symbol) => toggle(store, message, symbol));
  };
  return html`
    <div class="quick-reactions" role="group" aria-label=${t('message.react')}>
      ${QUICK.map((symbol) => html`
        <button type="button" data-testid="quick-reaction" data-symbol=${symbol} aria-label=${t('message.react-with', { symbol })}
          @click=${() => chosen(symbol)}>${symbol}</button>`)}
      <button type="button" data-testid="more-reactions" aria-label=${t('message.react-more')} title=${t('message.react-more')}
        @click=${more}>${icon('plus')}</button>
    </div>`;
}

/// Where the message is, for whoever is in the group.
function linkTo(chat, { seq }) {
  return `${location.origin}/#${chat}/${seq}`;
}

function takeBack(store, message) {
  recall(store, message).catch((fault) => store.tell(fault.message));
}
