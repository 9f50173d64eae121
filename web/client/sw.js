/// Lets the client start without a network: keeps its own files, and gives them where the server cannot be reached.
///
/// What lies below `/packed/` never changes: what is kept of it is given at once. For the rest the server comes first, so
/// that an update is seen with the next load; what it answers is kept. The page is kept when all is that it names, so what
/// starts without a network is of one version. Only the files of the client go through here: never the API, uploads, or
/// another page of the server.

const CACHE = 'parley-client';
const CLIENT = /^\/(app|style|asset|webjars|packed)\/[^?]+$/;
const PACKED = /^\/packed\//;
const NAMED = /(?:href|src)="(\/packed\/[^"]+)"/g;
// A server that takes longer is as good as none where there is a copy.
const PATIENCE_MS = 4000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/// The page names the files that it loaded before this worker was there.
self.addEventListener('message', (event) => event.waitUntil(keep(event.data?.keep ?? [])));

self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET' && ours(event.request.url)) event.respondWith(serve(event.request));
});

function ours(address) {
  const { origin, pathname } = new URL(address);
  return origin === self.location.origin && (pathname === '/' || CLIENT.test(pathname));
}

async function serve(request) {
  const cache = await caches.open(CACHE);
  const kept = cache.match(request.url, { ignoreVary: true });
  if (PACKED.test(new URL(request.url).pathname) && (await kept)) return kept;
  const fresh = fetch(request).then(async (response) => {
    if (response.ok && response.type === 'basic' && !same(await kept, response)) {
      put(cache, request.url.split('#')[0], response.clone()).catch(() => {});
    }
    return response;
  });
  const copy = await kept;
  if (!copy) return fresh;
  const late = new Promise((resolve) => setTimeout(() => resolve(copy), PATIENCE_MS));
  return Promise.race([fresh.catch(() => copy), late]);
}

/// Whether two answers are of one version of a file. To keep what is kept costs more than all the rest of a reload.
function same(copy, response) {
  const version = response.headers.get('etag');
  return version !== null && version === copy?.headers.get('etag');
}

async function put(cache, address, response) {
  if (new URL(address).pathname === '/') {
    const page = await response.clone().text();
    await Promise.all([...page.matchAll(NAMED)].map(([, name]) => fetched(cache, name)));
  }
  await cache.put(address, response);
}

async function fetched(cache, name) {
  if (!(await cache.match(name, { ignoreVary: true }))) await cache.add(name);
}

/// Where one page only is open, it goes for its files; those of the versions before are let go.
async function keep(addresses) {
  const cache = await caches.open(CACHE);
  for (const address of addresses.filter(ours)) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    await fetch(address).then((response) => response.ok && put(cache, address, response)).catch(() => {});
  }
  await tidy(cache);
}

/// Lets go of what was packed for a page that is not kept any more, unless one may still be open.
async function tidy(cache) {
  const page = await cache.match('/');
  if (!page || (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).length > 1) return;
  const named = new Set([...(await page.text()).matchAll(NAMED)].map(([, name]) => new URL(name, self.location).href));
  if (named.size === 0) return;
  for (const { url } of await cache.keys()) {
    if (PACKED.test(new URL(url).pathname) && !named.has(url)) await cache.delete(url);
  }
}
