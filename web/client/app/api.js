/// The server's HTTP side: what happens before there is a socket, and uploads. Everything else goes over the socket.

import { Fault } from './fault.js';

const JSON_TYPE = { 'content-type': 'application/json' };

export function register(nickname, password) {
  return post('/v1/users', { nickname, gender: 'Unknown', password, password_rpt: password });
}

/// Gives the token.
export async function login(nickname, password) {
  return (await post('/v1/login', { nickname, password })).token;
}

export function logout(token) {
  return call('/v1/logout', { method: 'POST', headers: { ...JSON_TYPE, ...bearer(token) }, body: '{}' });
}

/// Uploads a picture and gives `{name, type, url, width, height, size}`.
export function uploadImage(file, token) {
  const headers = { 'content-type': file.type || 'application/octet-stream', ...bearer(token) };
  return call('/v1/images', { method: 'POST', headers, body: file });
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

function bearer(token) {
  return { authorization: `Bearer ${token}` };
}
