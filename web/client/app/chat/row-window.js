/// Which rows of a long list are in the page, and where the reader is in it. The list's element renders
/// `rows.slice(first, last)` as `.chat-row[data-row=<id>]` between two `.spacer`s inside `.chat-rows` inside the scroller.

import { Extent } from './extent.js';

const BEYOND_PX = 600;
// Rows enter and leave the page in steps, so that most scroll events change nothing.
const STEP = 8;
const NEAR_END_PX = 80;

export class RowWindow {
  rows = [];
  first = 0;
  last = 0;
  /// Where the reader is: `{end: true}`, or `{id, offset}`, so many pixels below the top of that row.
  place = { end: true };

  #element;
  #extent = new Extent();
  #width = 0;
  #height = 0;

  /// `element` holds the scroller once it has rendered.
  constructor(element) {
    this.#element = element;
  }

  lay(rows) {
    this.rows = rows;
    this.#extent.lay(rows);
  }

  get scroller() {
    return this.#element.querySelector('.messages');
  }

  /// Picks the rows to be in the page. True if they are others than before.
  choose() {
    const height = this.scroller?.clientHeight ?? 800;
    const top = this.#placeTop(height);
    const first = floor(this.#extent.indexAt(top - BEYOND_PX));
    const last = Math.min(this.rows.length, floor(this.#extent.indexAt(top + height + BEYOND_PX)) + STEP);
    if (first === this.first && last === this.last) return false;
    this.first = first;
    this.last = last;
    return true;
  }

  /// Takes the measures of the rows in the page, and brings the place back to where it was on the screen.
  settle() {
    const { scroller } = this;
    if (this.#width && scroller.clientWidth !== this.#width) this.#extent.forget();
    this.#width = scroller.clientWidth;
    const shown = scroller.querySelectorAll('.chat-rows > .chat-row');
    this.#extent.measured(Array.from(shown, (row) => [row.dataset.row, row.getBoundingClientRect().height]));
    const count = this.rows.length;
    this.#stretch('above', this.#extent.top(Math.min(this.first, count)));
    this.#stretch('below', this.#extent.total - this.#extent.top(Math.min(this.last, count)));
    const height = scroller.clientHeight;
    this.#height = height;
    const top = this.place.end ? scroller.scrollHeight - height : this.#rowsTop + this.#placeTop(height);
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top;
  }

  /// The scroller has scrolled: notes the place, if the reader did it. A composer that grows, a keyboard or the window
  /// moves what is on screen too, and the reader stays where they are.
  scrolled(mayEnd) {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (clientHeight !== this.#height) return this.settle();
    const end = mayEnd && scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    const y = scrollTop - this.#rowsTop;
    const index = this.#extent.indexAt(y);
    this.place = end || !this.rows[index] ? { end } : { id: this.rows[index].id, offset: y - this.#extent.top(index) };
  }

  /// The place by the first message in sight, `{seq, offset}`; null at the end.
  get reader() {
    const { end, id, offset } = this.place;
    const at = end ? -1 : this.rows.findIndex((row) => row.id === id);
    if (at < 0) return null;
    let index = at;
    while (this.rows[index] && !this.rows[index].message) index++;
    const seq = this.rows[index]?.message.seq;
    return seq ? { seq, offset: this.#extent.top(at) + offset - this.#extent.top(index) } : null;
  }

  /// Pixels between what is on the screen and the two ends of the list.
  get room() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return { above: scrollTop, below: scrollHeight - scrollTop - clientHeight };
  }

  #stretch(part, px) {
    this.scroller.querySelector(`[data-part=${part}]`).style.height = `${px}px`;
  }

  /// The scroll position inside the rows that shows the place.
  #placeTop(height) {
    const { end, id, offset } = this.place;
    const index = end ? -1 : this.rows.findIndex((row) => row.id === id);
    return index < 0 ? this.#extent.total - height : this.#extent.top(index) + offset;
  }

  /// How far below the top of the scrolled part the rows begin.
  get #rowsTop() {
    return this.scroller.querySelector('.chat-rows').offsetTop;
  }
}

function floor(index) {
  return Math.floor(index / STEP) * STEP;
}
