/// Which addresses inside messages may be followed or embedded. Everything in a message was written by somebody else.

/// Where the server keeps what people have uploaded. Other paths of this server answer GET requests that act for the
/// signed-in account, and a message must not be able to make a reader send one.
const STORED = /^\/(media|upload|front_end\/upload|src\/front_end\/upload)\/(?!.*%(2f|5c))/i;

/// A group, a message in one, or an invite, in this client.
const HERE = /^#(group:\d{1,20}(\/\d{1,15})?|invite:[\w-]{32})$/;

/// The address as an absolute URL if it may be followed on a click: http(s) elsewhere, a stored file here, a message of
/// a group or an invite; else ''.
export function linkable(address) {
  const url = parsed(address);
  if (!url) return '';
  if (url.origin !== location.origin || STORED.test(url.pathname)) return url.href;
  return url.pathname === '/' && !url.search && HERE.test(url.hash) ? url.href : '';
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

// Bounded, and begun only where a word begins, so that no text makes the search slow.
const WORD = String.raw`(?<![A-Za-z0-9_@.+\-/])`;
const ADDRESS = String.raw`[^\s<>"'，。！？；：、（）【】《》「」『』]`;
const IN_TEXT = new RegExp(
  String.raw`https?:\/\/${ADDRESS}+|${WORD}www\.${ADDRESS}+|${WORD}[A-Za-z0-9_.+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9\-@])`, 'giu');
const TRAILING = '.,;:!?…';
const OPENING = { ')': '(', ']': '[', '}': '{' };

/// What of a match is the address: punctuation at its end is the sentence's, and so is a closing bracket that has no
/// partner inside.
function trimmed(match) {
  const open = { '(': 0, '[': 0, '{': 0 };
  for (const c of match) {
    if (c in open) open[c] += 1;
    else if (c in OPENING) open[OPENING[c]] -= 1;
  }
  let end = match.length;
  for (; end > 0; end -= 1) {
    const last = match[end - 1];
    if (last in OPENING && open[OPENING[last]] < 0) open[OPENING[last]] += 1;
    else if (!TRAILING.includes(last)) break;
  }
  return match.slice(0, end);
}

/// Where an address that was found in a text leads; '' if nowhere.
function target(address) {
  if (/^https?:/i.test(address)) return linkable(address);
  return address.includes('@') ? `mailto:${address}` : /^www\.[^.]/i.test(address) && linkable(`https://${address}`);
}

/// What of a match is the address where a sign such as `**` stands right before it and at its end: that forms the text.
function withoutSign(match, before) {
  const [sign = ''] = before.match(/(\*\*|\*|~~|\|\||_)$/) ?? [];
  return sign && match.endsWith(sign) ? match.slice(0, -sign.length) : match;
}

/// Splits text into `{text}` and `{text, href}` parts, in order; joined they give the text again. Links are web addresses
/// with `http(s)://` or `www.` and mail addresses.
export function linkParts(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(IN_TEXT)) {
    const address = trimmed(withoutSign(match[0], text.slice(Math.max(0, match.index - 2), match.index)));
    const href = target(address);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
