/// The live connection: one WebSocket at `/ws` in its JSON form, re-opened for as long as the account is signed in.
///
/// A frame is `{cmd, request_id, data | error}`. `auth` is the first; a full gRPC method name calls that method; a
/// frame with request_id 0 is a push. Events: `state` (see `state` and `silent`), `ready` (authenticated; detail is the
/// answer), `push` (detail `{cmd, data}`), `ended` (the token is not live any more), `replaced`.
///
/// A network that goes silently is noticed by what is asked: 1.5 s without a frame lead to a ping, another second to
/// `silent`, and 8 s to another connection. A network of which the browser knows that it went is gone at once.

import { Code, Fault } from './fault.js';

const REQUEST_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 10_000;
const PING_TIMEOUT_MS = 8_000;
const PROBE_MS = 1500;
const SILENT_MS = 1000;
const BACKOFF_FIRST_MS = 400;
const BACKOFF_MAX_MS = 10_000;
// The server takes 64 on a socket; the rest waits here.
const IN_FLIGHT_MAX = 48;

export class Socket extends EventTarget {
  /// 'closed' | 'connecting' | 'online' | 'waiting' (for the next attempt).
  state = 'closed';
  /// True while something was asked and nothing comes back: it is likely that there is no network.
  silent = false;

  #url;
  #credentials;
  #socket = null;
  #wanted = false;
  #attempts = 0;
  #nextId = 1;
  #inFlight = new Map();
  #queue = [];
  #connectTimer = 0;
  #retryTimer = 0;
  #pingTimer = 0;
  #silenceTimer = 0;

  /// `credentials` is called at every attempt and gives `{token, device_id}`.
  constructor(url, credentials) {
    super();
    this.#url = url;
    this.#credentials = credentials;
    addEventListener('online', () => this.hurry());
    addEventListener('offline', () => this.#drop(this.#socket));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.hurry();
    });
  }

  open() {
    this.#wanted = true;
    if (!this.#socket) this.#connect();
  }

  close() {
    this.#wanted = false;
    this.#drop(this.#socket);
    clearTimeout(this.#retryTimer);
    this.#become('closed');
  }

  /// Tries at once instead of waiting, or finds out at once whether the open socket is still alive.
  hurry() {
    if (this.state === 'waiting') this.#connect();
    else if (this.state === 'online') this.#ping();
  }

  /// Calls `cmd` and gives the answer's data, or throws a Fault; `UNAVAILABLE` at once while not online.
  request(cmd, data = {}, timeoutMs = REQUEST_TIMEOUT_MS) {
    if (this.state !== 'online') return Promise.reject(Fault.offline());
    return this.#enqueue(cmd, data, timeoutMs);
  }

  #enqueue(cmd, data, timeoutMs) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ cmd, data, timeoutMs, resolve, reject });
      this.#pump();
    });
  }

  #pump() {
    while (this.#queue.length > 0 && this.#inFlight.size < IN_FLIGHT_MAX) {
      const call = this.#queue.shift();
      const requestId = this.#nextId++;
      call.timer = setTimeout(() => this.#settle(requestId, (late) => late.reject(Fault.late())), call.timeoutMs);
      this.#inFlight.set(requestId, call);
      this.#socket.send(JSON.stringify({ cmd: call.cmd, request_id: requestId, data: call.data }));
    }
    if (this.#inFlight.size > 0) this.#silenceTimer ||= setTimeout(() => this.#probe(), PROBE_MS);
  }

  #settle(requestId, finish) {
    const call = this.#inFlight.get(requestId);
    if (!call) return;
    clearTimeout(call.timer);
    this.#inFlight.delete(requestId);
    finish(call);
    if (this.#socket) this.#pump();
  }

  #connect() {
    clearTimeout(this.#retryTimer);
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#become('connecting');
    this.#connectTimer = setTimeout(() => this.#drop(socket), CONNECT_TIMEOUT_MS);
    socket.onopen = () => this.#authenticate(socket);
    socket.onmessage = (event) => {
      if (socket !== this.#socket) return;
      this.#heard();
      this.#receive(JSON.parse(event.data));
    };
    socket.onclose = () => this.#drop(socket);
  }

  async #authenticate(socket) {
    try {
      const answer = await this.#enqueue('auth', this.#credentials(), CONNECT_TIMEOUT_MS);
      if (socket !== this.#socket) return;
      clearTimeout(this.#connectTimer);
      this.#attempts = 0;
      this.#pingTimer = setInterval(() => this.#ping(), answer.heartbeat_s * 1000);
      this.#become('online');
      this.#emit('ready', answer);
    } catch (fault) {
      if (socket !== this.#socket) return;
      if (fault.code === Code.UNAUTHENTICATED) this.#end();
      else this.#drop(socket, fault.retryAfterMs);
    }
  }

  #receive(frame) {
    if (frame.request_id) {
      this.#settle(frame.request_id, (call) => {
        if (frame.error) call.reject(Fault.fromFrame(frame.error));
        else call.resolve(frame.data ?? {});
      });
    } else if (frame.cmd === 'push.closing') {
      this.#closing(frame.data ?? {});
    } else {
      this.#emit('push', { cmd: frame.cmd, data: frame.data ?? {} });
    }
  }

  #closing({ reason, reconnect_after_ms: afterMs }) {
    if (reason === 'session_ended') return this.#end();
    if (reason === 'replaced') this.#emit('replaced');
    this.#drop(this.#socket, afterMs);
  }

  #end() {
    this.close();
    this.#emit('ended');
  }

  /// Asks for a sign of life: an answer that takes its time is no silence.
  #probe() {
    if (this.state === 'online') this.#ping();
    this.#silenceTimer = setTimeout(() => {
      this.silent = true;
      this.#emit('state', this.state);
    }, SILENT_MS);
  }

  #heard() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = 0;
    if (!this.silent) return;
    this.silent = false;
    this.#emit('state', this.state);
  }

  async #ping() {
    const socket = this.#socket;
    try {
      await this.#enqueue('ping', {}, PING_TIMEOUT_MS);
    } catch (fault) {
      if (fault.transient) this.#drop(socket);
    }
  }

  /// Lets go of `socket`, fails what was in flight, and plans the next attempt.
  #drop(socket, afterMs = 0) {
    if (!socket || socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = 0;
    this.silent = false;
    clearInterval(this.#pingTimer);
    socket.close();
    const unanswered = [...this.#inFlight.values(), ...this.#queue];
    this.#inFlight.clear();
    this.#queue = [];
    for (const call of unanswered) {
      clearTimeout(call.timer);
      call.reject(Fault.offline());
    }
    if (!this.#wanted) return;
    const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** this.#attempts++);
    this.#retryTimer = setTimeout(() => this.#connect(), afterMs + ceiling * (0.5 + Math.random() / 2));
    this.#become('waiting');
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#emit('state', state);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
