/// The messages of a chat are one stop of the Tab key: ↑ and ↓ go through them, Enter opens the menu of one, Tab goes into
/// it, Escape back to it. Where messages are selected, Enter selects one.

const INSIDE = ':is(a[href], button, input, video, audio)';
const STEPS = { ArrowUp: -1, ArrowDown: 1 };

export class MessageKeys {
  #element;
  #current = '';

  /// `element` holds the messages once it has rendered.
  constructor(element) {
    this.#element = element;
  }

  /// Call it after every rendering: lets Tab stop at one message only, the one that had the focus last, else the newest.
  rove() {
    const rows = [...this.#element.querySelectorAll('.chat-row')];
    const stops = rows.filter((row) => row.querySelector('article'));
    const current = stops.find((row) => row.dataset.row === this.#current) ?? stops.at(-1);
    for (const row of stops) {
      const tabIndex = row === current ? 0 : -1;
      for (const each of row.querySelectorAll(`article, ${INSIDE}`)) if (each.tabIndex !== tabIndex) each.tabIndex = tabIndex;
    }
  }

  focused({ target }) {
    const row = target.closest('.chat-row');
    if (!row || row.dataset.row === this.#current) return;
    this.#current = row.dataset.row;
    this.rove();
  }

  pressed(event) {
    const { key, target } = event;
    const article = target.closest('article');
    // A box that was clicked has the focus in place of its message.
    const on = target === article || target.matches('.select-box');
    if (key === 'Escape' && article && !on) article.focus();
    else if (!on) return;
    else if (key in STEPS) this.#step(article, STEPS[key]);
    else if (key === 'Enter') article.querySelector('.message-more, .select-box')?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #step(article, by) {
    const articles = [...this.#element.querySelectorAll('article')];
    articles[articles.indexOf(article) + by]?.focus();
  }
}
