/// Previews of links: of each text message at most one, of its first link. The server makes them, and only because the
/// sender's client asks; so a message of somebody else's that has just come is asked for again a little later. Of what
/// strangers wrote none is shown before it is accepted. Whether they are shown at all is for this browser to say.

import { linkOf } from './first-link.js';

const OFF = 'parley.previews';
const KEPT_MAX = 500;
const AT_ONCE_MAX = 2;
const YOUNG_MS = 60_000;
/// How long after the first answer it is asked for again.
const AGAIN_MS = [3_000, 12_000];

export function previewsOn() {
  return localStorage.getItem(OFF) === null;
}

export function setPreviews(on) {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'off');
}

export class Previews {
  #request;
  #changed;
  // By message id and link: `{preview}`, null while it is not known.
  #known = new Map();
  #waiting = [];
  #busy = 0;
  #disabled = false;

  constructor(request, changed) {
    this.#request = request;
    this.#changed = changed;
  }

  /// The preview of a stored text message, `{url, title, description, site, picture, width, height}`; null for none, or
  /// none yet. Asks for it where nobody has.
  of(message) {
    if (this.#disabled || !previewsOn()) return null;
    const link = linkOf(message.content);
    if (!link) return null;
    const key = `${message.id} ${link}`;
    const known = this.#known.get(key);
    if (known) return known.preview;
    this.#known.set(key, { preview: null });
    if (this.#known.size > KEPT_MAX) this.#known.delete(this.#known.keys().next().value);
    this.#waiting.push({ key, id: message.id, link, tries: Date.now() - message.createdAt < YOUNG_MS ? [...AGAIN_MS] : [] });
    this.#next();
    return null;
  }

  #next() {
    while (this.#busy < AT_ONCE_MAX && this.#waiting.length > 0) {
      this.#busy += 1;
      this.#ask(this.#waiting.shift()).finally(() => {
        this.#busy -= 1;
        this.#next();
      });
    }
  }

  async #ask(wanted) {
    const { key, id, link, tries } = wanted;
    let found = null;
    try {
      const answer = await this.#request('chat.ChatService/GetPreview', { id, link });
      if (answer.disabled) {
        this.#disabled = true;
        this.#waiting = [];
        return;
      }
      found = answer.preview;
    } catch {
      // Asked again like one that is not there yet.
    }
    if (found && this.#known.has(key)) {
      this.#known.set(key, { preview: toPreview(found) });
      this.#changed();
    } else if (!found && tries.length > 0) {
      setTimeout(() => {
        this.#waiting.push(wanted);
        this.#next();
      }, tries.shift());
    }
  }
}

function toPreview(json) {
  const { url, title, description = '', site = '', image, image_type: type, image_width: width, image_height: height } = json;
  const isPicture = /^image\/(jpeg|png|gif)$/.test(type) && image;
  return { url, title, description, site, picture: isPicture ? `data:${type};base64,${image}` : '', width: Number(width ?? 0), height: Number(height ?? 0) };
}
