/// Chats that the user has marked as unread, to come back to them. Only this browser knows: on the server what was read
/// stays read, and other devices, and those who wrote, see nothing of it. In localStorage (one key each, so that tabs do
/// not overwrite one another), over a reload too; opening a chat takes its mark away, and signing out all. The 100 that
/// were marked last.

const MARKS_MAX = 100;

export class UnreadMarks {
  #prefix;

  constructor(account) {
    this.#prefix = `parley.unread.${account}.`;
  }

  has(key) {
    return localStorage.getItem(this.#prefix + key) !== null;
  }

  /// Marks it; `at` is when, in milliseconds.
  put(key, at = Date.now()) {
    try {
      localStorage.setItem(this.#prefix + key, String(at));
    } catch {
      // Storage is full: there is no mark then.
    }
    const names = this.#names;
    if (names.length <= MARKS_MAX) return;
    const oldest = names.sort((a, b) => localStorage.getItem(a) - localStorage.getItem(b));
    for (const name of oldest.slice(0, names.length - MARKS_MAX)) localStorage.removeItem(name);
  }

  drop(key) {
    localStorage.removeItem(this.#prefix + key);
  }

  forget() {
    for (const name of this.#names) localStorage.removeItem(name);
  }

  get #names() {
    return Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix));
  }
}
