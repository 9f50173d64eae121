/// What somebody has begun to write and not yet sent, by conversation: in localStorage (one key each, so that tabs do not
/// overwrite one another), which a reload and another section leave alone and signing out empties.
///
/// A draft is `{text, about, named, at}`: `about` is null, or `{mode: 'reply' | 'edit', message}`; `named` are the entries
/// of those whom the text may name; `at` is when it was written, in milliseconds. This browser keeps the newest 100 of an
/// account for 30 days. What is written in one tab stands in the others, too: the last one to write wins.

const DRAFTS_MAX = 100;
const KEPT_MS = 30 * 86_400_000;

/// What is there where nothing was begun.
export const NO_DRAFT = Object.freeze({ text: '', about: null, named: [], at: 0 });

export class Drafts {
  #prefix;
  #changed;
  #held = new Map();

  /// `changed()` is called when another tab has changed one.
  constructor(account, changed) {
    this.#prefix = `parley.draft.${account}.`;
    this.#changed = changed;
    const oldest = Date.now() - KEPT_MS;
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(this.#prefix)) this.#take(name, localStorage.getItem(name), oldest);
    }
    addEventListener('storage', this.#heard);
  }

  /// The keys of the conversations that have one.
  get keys() {
    return [...this.#held.keys()];
  }

  of(key) {
    return this.#held.get(key) ?? NO_DRAFT;
  }

  /// Notes a draft; one without a character that answers nothing is none.
  put(key, { text, about, named }) {
    if (!text && !about) return this.drop(key);
    const draft = { text, about, named, at: Date.now() };
    this.#held.delete(key);
    this.#held.set(key, draft);
    this.#trim();
    try {
      localStorage.setItem(this.#prefix + key, JSON.stringify(draft));
    } catch {
      // Storage is full: the draft is there for as long as the page is.
    }
  }

  drop(key) {
    this.#held.delete(key);
    localStorage.removeItem(this.#prefix + key);
  }

  /// Stops. With `forget`, nothing is kept.
  close(forget) {
    removeEventListener('storage', this.#heard);
    if (forget) for (const key of this.keys) this.drop(key);
  }

  #heard = ({ key: name, newValue }) => {
    if (!name?.startsWith(this.#prefix)) return;
    this.#take(name, newValue, 0);
    this.#changed();
  };

  #take(name, json, oldest) {
    const key = name.slice(this.#prefix.length);
    const draft = parsed(json);
    if (draft?.at >= oldest) this.#held.set(key, draft);
    else this.#held.delete(key);
    if (json && !this.#held.has(key)) localStorage.removeItem(name);
  }

  #trim() {
    if (this.#held.size <= DRAFTS_MAX) return;
    const [oldest] = [...this.#held].sort(([, a], [, b]) => a.at - b.at)[0];
    this.drop(oldest);
  }
}

function parsed(json) {
  try {
    return json && { ...NO_DRAFT, ...JSON.parse(json) };
  } catch {
    return null;
  }
}
