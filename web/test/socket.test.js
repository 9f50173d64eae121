import { Socket } from '/app/socket.js';
import { same } from './assert.js';

/// A server at the other end of a wire: answers `auth` at once, and what `answers` says.
function wire(answers) {
  const original = globalThis.WebSocket;
  globalThis.WebSocket = class {
    constructor() {
      queueMicrotask(() => this.onopen());
    }
    send(text) {
      const { cmd, request_id } = JSON.parse(text);
      const answer = (data = {}) => queueMicrotask(() => this.onmessage({ data: JSON.stringify({ cmd, request_id, data }) }));
      if (cmd === 'auth') answer({ heartbeat_s: 600 });
      else if (answers(cmd)) answer();
    }
    close() {}
  };
  return () => (globalThis.WebSocket = original);
}

/// Resolves at the first `state` event at which `wanted(socket)` holds; gives the milliseconds that took.
function becomes(socket, wanted) {
  const started = performance.now();
  return new Promise((resolve) => {
    const look = () => wanted(socket) && resolve(performance.now() - started);
    socket.addEventListener('state', look);
    look();
  });
}

async function online(answers) {
  const restore = wire(answers);
  const socket = new Socket('ws://test', () => ({}));
  socket.open();
  await becomes(socket, ({ state }) => state === 'online');
  return { socket, end: () => (socket.close(), restore()) };
}

export default {
  async 'a server that says nothing is noticed within three seconds of a question, and forgiven when it speaks'() {
    let speaks = false;
    const { socket, end } = await online(() => speaks);
    socket.request('slow').catch(() => {});
    const took = await becomes(socket, ({ silent }) => silent);
    same([took < 3000, socket.state], [true, 'online'], `it took ${Math.round(took)} ms`);
    speaks = true;
    socket.request('quick');
    await becomes(socket, ({ silent }) => !silent);
    end();
  },

  async 'an answer that takes its time is no silence while pings are answered'() {
    let pinged;
    const ping = new Promise((resolve) => (pinged = resolve));
    const { socket, end } = await online((cmd) => cmd === 'ping' && (pinged(), true));
    socket.request('slow').catch(() => {});
    await ping;
    await new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
    same(socket.silent, false);
    end();
  },

  async 'a network of which the browser knows that it went is gone at once'() {
    const { socket, end } = await online(() => true);
    dispatchEvent(new Event('offline'));
    same(socket.state, 'waiting');
    await becomes(socket, ({ state }) => state === 'online');
    end();
  },
};
