/// Which addresses inside messages may be followed or embedded. Everything in a message was written by somebody else.

/// Where the server keeps what people have uploaded. Other paths of this server answer GET requests that act for the
/// signed-in account, and a message must not be able to make a reader send one.
const STORED = /^\/(media|upload|front_end\/upload|src\/front_end\/upload)\/(?!.*%(2f|5c))/i;

/// The address as an absolute URL if it may be followed on a click: http(s) elsewhere, or a stored file here; else ''.
export function linkable(address) {
  const url = parsed(address);
  if (!url) return '';
  return url.origin === location.origin && !STORED.test(url.pathname) ? '' : url.href;
}

/// The address if it is a stored file of this server (all that the Content-Security-Policy lets a page load), else ''.
export function embeddable(address) {
  const url = parsed(address);
  return url && url.origin === location.origin && STORED.test(url.pathname) ? url.href : '';
}

/// An http(s) URL, or null. `javascript:`, `data:` and the like are not.
function parsed(address) {
  if (!address) return null;
  try {
    const url = new URL(address, location.origin);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

const URL_IN_TEXT = /https?:\/\/[^\s<>"'，。！？；：、（）【】《》]+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

/// Splits text into `{text}` and `{text, href}` parts, in order; joined they give the text again.
export function linkParts(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const address = match[0].replace(TRAILING, '');
    const href = linkable(address);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
