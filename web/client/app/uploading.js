/// Uploads. What is large goes in parts, so that a network that goes costs only what was on its way: begun at
/// `/v1/uploads/…`, it goes on where the server says it is (the IETF's "Resumable Uploads for HTTP").

import { Code, Business, Fault } from './fault.js';

/// Below this a file is sent at once: beginning again costs less than asking.
const PARTS_FROM_BYTES = 1024 * 1024;

/// Pauses between tries while the server cannot be reached. Each byte that it takes begins them anew.
const PAUSES_MS = [500, 1000, 2000, 4000];

/// A network may go without a word. So long nothing may move before the try is given up.
const STALL_MS = 20_000;

/// What was begun and is not complete, by file: `{path, at, token, offset, shown}`. `at`: where it goes on, '' before it
/// was begun; `offset`: where the server is, -1 if it has to be asked; `shown`: bytes that the user was told of.
const begun = new WeakMap();

/// A server that takes no parts is not asked again.
let whole = false;

/// Uploads `file` to `path`, `/v1/images` or `/v1/files`, and gives what the server answers; see api.js for `watch`.
/// After a transient Fault the same file goes on where it was. An abort of the signal gives it up.
export async function upload(path, file, token, watch) {
  if (file.size < PARTS_FROM_BYTES || whole) return sendWhole(path, file, token, watch);
  if (begun.get(file)?.path !== path) begun.set(file, { path, at: '', token, offset: -1, shown: 0 });
  const state = begun.get(file);
  state.token = token;
  const abandoned = () => giveUp(file);
  watch.signal?.addEventListener('abort', abandoned);
  try {
    const answer = await inParts(state, file, watch);
    begun.delete(file);
    return answer ?? (await sendWhole(path, file, token, watch));
  } catch (fault) {
    if (!fault.transient) begun.delete(file);
    throw fault;
  } finally {
    watch.signal?.removeEventListener('abort', abandoned);
  }
}

/// Nobody wants `file` uploaded any more: the server may forget what it has of it. Nothing for others.
export function giveUp(file) {
  const state = begun.get(file);
  begun.delete(file);
  if (state) drop(state);
}

/// What the server does not hear of it removes in time.
function drop({ at, token }) {
  if (at) ask('DELETE', at, token).catch(() => {});
}

/// Null where the server takes no parts, or not more of them now.
async function inParts(state, file, watch) {
  let reached = 0;
  for (let tries = 0; tries <= PAUSES_MS.length; tries++) {
    try {
      if (!state.at && !(await begin(state, file))) return null;
      if (watch.signal?.aborted) {
        drop(state);
        throw unreached();
      }
      if (state.offset < 0) await locate(state);
      if (state.offset > reached) tries = 0;
      reached = Math.max(reached, state.offset);
      const answer = state.at ? await sendPart(state, file, watch) : null;
      if (answer) return answer;
    } catch (fault) {
      if (!fault.unreached || watch.signal?.aborted) throw fault;
      if (tries < PAUSES_MS.length) await pause(PAUSES_MS[tries], watch.signal);
    }
  }
  throw unreached();
}

async function begin(state, file) {
  const path = state.path.replace('/v1/', '/v1/uploads/');
  const response = await ask('POST', path, state.token, { 'upload-length': String(file.size), 'upload-complete': '?0' });
  if (response.ok) {
    state.at = response.headers.get('location');
    state.offset = 0;
    return true;
  }
  whole = response.status === 404 || response.status === 405;
  if (whole) return false;
  const fault = await Fault.fromResponse(response);
  if (fault.code === Code.EXHAUSTED && fault.businessCode !== Business.QUOTA) return false;
  throw fault;
}

async function locate(state) {
  const response = await ask('HEAD', state.at, state.token);
  if (response.ok) state.offset = Number(response.headers.get('upload-offset'));
  // It was removed, or another server began it.
  else if (response.status === 404) state.at = '';
  else throw await Fault.fromResponse(response);
}

/// Null where the server is elsewhere than was thought.
async function sendPart(state, file, { signal, progress }) {
  const { offset } = state;
  const shown = (loaded) => {
    state.shown = Math.max(state.shown, Math.min(offset + loaded, file.size));
    progress?.(state.shown / file.size);
  };
  state.offset = -1;
  const headers = { 'content-type': 'application/partial-upload', 'upload-offset': String(offset), 'upload-complete': '?1' };
  const response = await send('PATCH', state.at, file.slice(offset), state.token, { headers, signal, shown });
  if ([204, 404, 409].includes(response.status)) return null;
  if (!response.ok) throw await Fault.fromResponse(response);
  return response.json();
}

async function sendWhole(path, file, token, { signal, progress }) {
  const headers = { 'content-type': file.type || 'application/octet-stream' };
  const shown = (loaded, total) => progress?.(total > 0 ? loaded / total : 0);
  const response = await send('POST', path, file, token, { headers, signal, shown });
  if (!response.ok) throw await Fault.fromResponse(response);
  return response.json();
}

/// With XMLHttpRequest, because fetch does not tell how much was sent.
function send(method, path, body, token, { headers, signal, shown }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    for (const [name, value] of Object.entries({ ...headers, ...bearer(token) })) request.setRequestHeader(name, value);
    let stalled = 0;
    const moved = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALL_MS);
    };
    request.upload.onloadstart = moved;
    request.upload.onprogress = ({ loaded, total }) => {
      moved();
      shown(loaded, total);
    };
    // All is sent: what the server does with it takes its time.
    request.upload.onload = () => clearTimeout(stalled);
    request.onloadend = () => clearTimeout(stalled);
    request.onerror = () => reject(unreached());
    request.onabort = () => reject(unreached());
    request.onload = () => {
      const { status, responseText } = request;
      const retryAfter = { 'retry-after': request.getResponseHeader('retry-after') ?? '' };
      resolve(new Response(status === 204 ? null : responseText, { status, headers: retryAfter }));
    };
    const abort = () => request.abort();
    signal?.addEventListener('abort', abort);
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));
    if (signal?.aborted) reject(unreached());
    else request.send(body);
  });
}

async function ask(method, path, token, headers = {}) {
  try {
    return await fetch(path, { method, headers: { ...headers, ...bearer(token) }, credentials: 'omit' });
  } catch {
    throw unreached();
  }
}

/// The server could not be reached, or said nothing: it may have taken what was sent.
function unreached() {
  return Object.assign(Fault.offline(), { unreached: true });
}

function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/// The header that says who asks.
export function bearer(token) {
  return { authorization: `Bearer ${token}` };
}
