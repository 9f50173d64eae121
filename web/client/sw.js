/// Lets the client start without a network: keeps its own files, and gives them where the server cannot be reached.
///
/// The server comes first, so that an update is seen with the next load; what it answers is kept. Only the files of the
/// client go through here: never the API, uploads, or another page of the server.

const CACHE = 'parley-client';
const CLIENT = /^\/(app|style|asset|webjars)\/[^?]+$/;
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
  const fresh = fetch(request).then(async (response) => {
    if (response.ok && response.type === 'basic' && !same(await kept, response)) {
      cache.put(request.url.split('#')[0], response.clone());
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

async function keep(addresses) {
  const cache = await caches.open(CACHE);
  for (const address of addresses.filter(ours)) {
    if (!(await cache.match(address))) await cache.add(address).catch(() => {});
  }
}
