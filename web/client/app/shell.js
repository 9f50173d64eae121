/// Has the service worker (`/sw.js`) keep this client's files, so that a reload without a network still shows it.
/// Browsers have service workers on https and localhost only; elsewhere nothing is kept.

const ENTRIES_MAX = 1000;
const SETTLE_MS = 1500;

export async function keepShell() {
  if (!navigator.serviceWorker) return;
  performance.setResourceTimingBufferSize(ENTRIES_MAX);
  try {
    await navigator.serviceWorker.register('/sw.js', { scope: '/' });
    const { active } = await navigator.serviceWorker.ready;
    const tell = () => active.postMessage({ keep: [`${location.origin}/`, ...performance.getEntriesByType('resource').map(({ name }) => name)] });
    // What the first view needs is loaded by then.
    setTimeout(tell, SETTLE_MS);
  } catch {
    // Forbidden by the browser, or no network: the client works all the same.
  }
}
