import { fails, same, truly } from './assert.js';

const FILE_BYTES = 3_000_000;
const AT = '/v1/uploads/7';

let modules = 0;

/// The module anew, with a network that answers as told: `answers` are functions of `{method, path, offset, bytes}`,
/// one for each request, which give a Response, or null where the network is gone. `calls` are what was asked.
async function make(...answers) {
  const { upload, giveUp } = await import(`/app/uploading.js?${++modules}`);
  const { fetch: realFetch, XMLHttpRequest: RealRequest } = globalThis;
  const calls = [];
  const answer = (method, path, offset = '', bytes = 0) => {
    calls.push([method, path, offset, bytes].filter((part) => part !== '' && part !== 0).join(' '));
    return answers.shift()?.() ?? null;
  };
  globalThis.fetch = async (path, { method }) => {
    const response = answer(method, path);
    if (!response) throw new TypeError('gone');
    return response;
  };
  globalThis.XMLHttpRequest = class extends EventTarget {
    upload = {};
    #head = {};
    open(method, path) {
      Object.assign(this.#head, { method, path });
    }
    setRequestHeader(name, value) {
      this.#head[name] = value;
    }
    getResponseHeader() {
      return null;
    }
    abort() {
      this.onabort();
    }
    async send(body) {
      const response = answer(this.#head.method, this.#head.path, this.#head['upload-offset'], body.size);
      this.upload.onprogress({ loaded: body.size / 2, total: body.size });
      await Promise.resolve();
      this.status = response?.status;
      this.responseText = await response?.text();
      if (response) this.onload();
      else this.onerror();
      this.onloadend();
    }
  };
  const done = () => Object.assign(globalThis, { fetch: realFetch, XMLHttpRequest: RealRequest });
  return { upload, giveUp, calls, done };
}

const file = (bytes = FILE_BYTES) => new File([new Uint8Array(bytes)], 'a');
const begun = () => new Response(null, { status: 201, headers: { location: AT } });
const reached = (offset) => () => new Response(null, { status: 204, headers: { 'upload-offset': String(offset) } });
const refused = (status, body = {}) => () => new Response(JSON.stringify(body), { status });
const stored = () => new Response('{"url":"/media/a"}', { status: 200 });
const gone = () => null;

export default {
  async 'what is small goes at once'() {
    const { upload, calls, done } = await make(stored);
    same(await upload('/v1/files', file(1000), 't', {}).finally(done), { url: '/media/a' });
    same(calls, ['POST /v1/files 1000']);
  },

  async 'what was cut goes on where the server is, and the progress never falls'() {
    const { upload, calls, done } = await make(begun, gone, gone, reached(700_000), stored);
    const shown = [];
    const watch = { progress: (part) => shown.push(part) };
    same(await upload('/v1/files', file(), 't', watch).finally(done), { url: '/media/a' });
    const head = `HEAD ${AT}`;
    same(calls, ['POST /v1/uploads/files', `PATCH ${AT} 0 3000000`, head, head, `PATCH ${AT} 700000 2300000`]);
    same(shown.length, 2);
    truly(shown[0] === 0.5 && shown[1] > 0.6, `going up: ${shown}`);
  },

  async 'an answer that was lost is asked for again, without the bytes'() {
    const { upload, calls, done } = await make(begun, gone, reached(FILE_BYTES), stored);
    same(await upload('/v1/images', file(), 't', {}).finally(done), { url: '/media/a' });
    same(calls.at(-1), `PATCH ${AT} ${FILE_BYTES}`);
  },

  async 'a later try of the same file goes on; one of another begins'() {
    const { upload, calls, done } = await make(begun, refused(503), reached(9), stored, begun, stored);
    const one = file();
    const fault = await fails(() => upload('/v1/files', one, 't', {}));
    truly(fault.transient, 'a transient fault');
    await upload('/v1/files', one, 't', {});
    await upload('/v1/files', one, 't', {}).finally(done);
    same(calls.slice(2), [`HEAD ${AT}`, `PATCH ${AT} 9 2999991`, 'POST /v1/uploads/files', `PATCH ${AT} 0 3000000`]);
  },

  async 'one that the server has not any more begins anew, and not for ever'() {
    const { upload, calls, done } = await make(begun, gone, refused(404), begun, stored);
    await upload('/v1/files', file(), 't', {}).finally(done);
    same(calls.slice(3), ['POST /v1/uploads/files', `PATCH ${AT} 0 3000000`]);
    const never = Array(40).fill(refused(404));
    const other = await make(begun, ...never.map((no, i) => (i % 3 === 2 ? begun : no)));
    truly((await fails(() => other.upload('/v1/files', file(), 't', {})).finally(other.done)).transient, 'given up');
  },

  async 'a server that takes no parts gets the whole, and is not asked again'() {
    for (const status of [404, 405]) {
      const { upload, calls, done } = await make(refused(status), stored, stored);
      await upload('/v1/files', file(), 't', {});
      await upload('/v1/images', file(), 't', {}).finally(done);
      same(calls, ['POST /v1/uploads/files', 'POST /v1/files 3000000', 'POST /v1/images 3000000']);
    }
  },

  async 'a server that takes no more parts gets the whole, but none over the quota'() {
    const { upload, calls, done } = await make(refused(429, { business_code: '2202' }), stored, refused(429, { business_code: '2203' }));
    await upload('/v1/files', file(), 't', {});
    truly(!(await fails(() => upload('/v1/files', file(), 't', {})).finally(done)).transient, 'the quota');
    same(calls, ['POST /v1/uploads/files', 'POST /v1/files 3000000', 'POST /v1/uploads/files']);
  },

  async 'what is given up is removed, on its way or between two tries'() {
    const { upload, giveUp, calls, done } = await make(begun, refused(503), reached(0), begun, refused(503), reached(0));
    const one = file();
    await fails(() => upload('/v1/files', one, 't', {}));
    giveUp(one);
    const given = new AbortController();
    await fails(() => upload('/v1/files', file(), 't', { signal: given.signal, progress: () => given.abort() })).finally(done);
    same(calls.filter((call) => call.startsWith('DELETE')), [`DELETE ${AT}`, `DELETE ${AT}`]);
  },
};
