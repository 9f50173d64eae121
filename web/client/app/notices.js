/// Notices of the system about new messages, while nobody looks at the page. They are asked for by a button, never on
/// their own: browsers hold that against a page for good.

import { t } from './i18n.js';
import { said } from './chat/summary.js';
import { isQuiet } from './model/lines.js';
import { keyOfMessage } from './model/wire.js';
import { sound } from './sounds.js';

const SHOWN_CHARS = 180;
const OFF = 'parley.notices';

/// Whether the user may still be asked. Browsers have notices on https and localhost only.
export function noticesAskable() {
  return globalThis.isSecureContext && 'Notification' in globalThis && Notification.permission === 'default';
}

export function noticesAllowed() {
  return 'Notification' in globalThis && Notification.permission === 'granted';
}

/// Whether they are shown: the browser allows them and the user has not switched them off.
export function noticesOn() {
  return noticesAllowed() && localStorage.getItem(OFF) === null;
}

/// Switches them off, or on, which asks where the browser has to be asked; call it from a click. Gives whether they are
/// on now.
export async function setNotices(on) {
  if (!on) localStorage.setItem(OFF, 'off');
  else localStorage.removeItem(OFF);
  if (on && !noticesAllowed()) await askForNotices();
  return noticesOn();
}

/// Asks; call it from a click. Gives whether they are allowed now.
export async function askForNotices() {
  if (!('Notification' in globalThis)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/// Shows a notice, with a sound, for each message that comes to `store` while nobody looks: the page is hidden, or
/// another window has the focus. Of muted conversations only for those that name the account; of
/// requests of strangers for none.
export function noticeMessages(store) {
  store.addEventListener('message', ({ detail: message }) => {
    if (isLookedAt() || isQuiet(message)) return;
    const key = keyOfMessage(message, store.me);
    const named = message.atUserIds.includes(store.me);
    const { muted, request } = store.conversation(key);
    if (request || (muted && !named)) return;
    sound();
    if (noticesOn()) show(store, key, message);
  });
}

function isLookedAt() {
  return document.visibilityState === 'visible' && document.hasFocus();
}

function show(store, key, message) {
  const { name } = store.directory.user(message.senderId);
  const group = message.toGroupId ? store.directory.group(message.toGroupId).name : '';
  const text = said(message).slice(0, SHOWN_CHARS);
  try {
    const notice = new Notification(group || name, {
      body: group ? t('message.from', { name, text }) : text,
      tag: key,
      icon: '/asset/favicon.svg',
    });
    notice.onclick = () => {
      window.focus();
      location.hash = key;
      notice.close();
    };
  } catch {
    // Chrome on Android has no notices of pages.
  }
}
