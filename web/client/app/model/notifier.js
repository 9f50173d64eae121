/// Something that views look at: fires `change`, at most once a task, and has a word to the user.

const TOLD_MS = 5000;

export class Notifier extends EventTarget {
  /// A word to the user that goes away by itself, or ''.
  told = '';
  /// Where that leads, `{href, label}`, or what can be done about it, `{act, label}`; or null.
  toldLink = null;

  #notified = false;

  changed() {
    if (this.#notified) return;
    this.#notified = true;
    queueMicrotask(() => {
      this.#notified = false;
      this.dispatchEvent(new Event('change'));
    });
  }

  tell(text, link = null) {
    this.told = text;
    this.toldLink = link;
    this.changed();
    if (text) setTimeout(() => this.told === text && this.tell(''), TOLD_MS);
  }
}
