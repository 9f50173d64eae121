/// What this browser remembers of the signed-in account. The token outlives the tab (localStorage); the device id is
/// one per browser profile and tab, because the server lets a device have one live socket.

import { randomId } from './random.js';

const TOKEN = 'parley.token';
const ACCOUNT = 'parley.account';
const BROWSER = 'parley.browser';
const TAB = 'parley.tab';

export function savedToken() {
  return localStorage.getItem(TOKEN);
}

export function saveToken(token) {
  localStorage.setItem(TOKEN, token);
}

export function forgetToken() {
  localStorage.removeItem(TOKEN);
  localStorage.removeItem(ACCOUNT);
}

/// The id of the account that the token is of; null until the server has told it.
export function savedAccount() {
  return localStorage.getItem(ACCOUNT);
}

export function saveAccount(account) {
  localStorage.setItem(ACCOUNT, account);
}

/// Stable over reloads of a tab, different in every tab; 41 characters (the server takes 64).
export function deviceId() {
  return `${remembered(localStorage, BROWSER, 12)}-${remembered(sessionStorage, TAB, 8)}`;
}

/// Gives this tab another device id. A duplicated tab starts with a copy of the first one's sessionStorage, so the
/// two would close each other's socket for ever.
export function renewTab() {
  sessionStorage.setItem(TAB, randomId(8));
}

/// Calls `listener` when another tab of this profile signs out.
export function onForgotten(listener) {
  addEventListener('storage', (event) => {
    if (event.key === TOKEN && event.newValue === null) listener();
  });
}

function remembered(storage, key, bytes) {
  const found = storage.getItem(key);
  if (found) return found;
  const made = randomId(bytes);
  storage.setItem(key, made);
  return made;
}
