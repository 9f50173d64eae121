/// The server's HTTP side: what happens before there is a socket, and uploads. Everything else goes over the socket.

import { Fault } from './fault.js';
import { bearer, upload } from './uploading.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/// `invite`: the token of one, or ''.
export function register(nickname, password, invite = '') {
  return post('/v1/users', { nickname, gender: 'Unknown', password, password_rpt: password, invite });
}

/// What an invite is for: `{kind, state, group_name, group_avatar_url, member_count, maker_name, maker_avatar_url}`.
export function lookAtInvite(token) {
  return post('/v1/invites/look', { token });
}

/// `{registration, is_new}`: who may register, and whether nobody has yet.
export function lookAtServer() {
  return call('/v1/server', {});
}

/// Gives `{token, password_expired}`; with an expired password little is served until another is chosen. `code`: of the
/// second factor, for accounts that have one.
export function login(nickname, password, code = '') {
  return post('/v1/login', { nickname, password, totp_code: code });
}

/// Has a link mailed by which another password can be set; the answer is the same whoever there is.
export function askForRecovery(name, language) {
  return post('/v1/recovery', { name, language });
}

/// Sets another password by what such a link carries; `code` as for `login`.
export function recover(token, password, code, language) {
  return post('/v1/recovery/complete', { token, password, totp_code: code, language });
}

export function changePassword(token, current, password) {
  return call('/v1/me/password', {
    method: 'PUT',
    headers: { ...JSON_TYPE, ...bearer(token) },
    body: JSON.stringify({ current_password: current, password, password_rpt: password }),
  });
}

export function logout(token) {
  return call('/v1/logout', { method: 'POST', headers: { ...JSON_TYPE, ...bearer(token) }, body: '{}' });
}

/// Uploads a picture and gives `{name, type, url, width, height, size}`. `watch` is `{signal, progress}`, both optional:
/// an AbortSignal, and what is called with 0 … 1 on the way. After a transient Fault the same file goes on where it was.
export function uploadImage(file, token, watch = {}) {
  return upload('/v1/images', file, token, watch);
}

/// Uploads anything that the server takes in, and gives the same; `width` is 0 for what is no picture.
export function uploadFile(file, token, watch = {}) {
  return upload('/v1/files', file, token, watch);
}

function post(path, body) {
  return call(path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: 'omit', ...options });
  } catch {
    throw Fault.offline();
  }
  if (!response.ok) throw await Fault.fromResponse(response);
  return response.json();
}
