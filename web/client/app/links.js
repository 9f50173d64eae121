/// Which addresses inside messages may be followed or embedded. Everything in a message was written by somebody else.

/// The address as an absolute URL if it is http(s) or a path of this server, else ''.
export function linkable(address) {
  if (!address) return '';
  try {
    const url = new URL(address, location.origin);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : '';
  } catch {
    return '';
  }
}

/// The address if it is on this server (all that the Content-Security-Policy lets a page load), else ''.
export function embeddable(address) {
  const href = linkable(address);
  return href && new URL(href).origin === location.origin ? href : '';
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
