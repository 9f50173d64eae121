/// Where each row of a long list lies, measured where it was shown and guessed where it was not.

const GUESS_PX = 52;

export class Extent {
  #heights = new Map();
  #rows = [];
  #tops = new Float64Array(1);

  /// All of it, in pixels.
  get total() {
    return this.#tops[this.#rows.length];
  }

  /// The rows, each with an `id` that is its own, from top to bottom.
  lay(rows) {
    this.#rows = rows;
    this.#add();
  }

  /// Notes measured heights, `[id, px]`. True if one is not what was known.
  measured(heights) {
    let news = false;
    for (const [id, height] of heights) {
      if (Math.abs((this.#heights.get(id) ?? -1) - height) < 0.5) continue;
      this.#heights.set(id, height);
      news = true;
    }
    if (news) this.#add();
    return news;
  }

  /// The width has changed: nothing measured holds any more.
  forget() {
    this.#heights.clear();
    this.#add();
  }

  top(index) {
    return this.#tops[index];
  }

  /// The index of the row at `y`; the first or the last where there is none.
  indexAt(y) {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  #add() {
    const rows = this.#rows;
    if (this.#tops.length !== rows.length + 1) this.#tops = new Float64Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) this.#tops[i + 1] = this.#tops[i] + (this.#heights.get(rows[i].id) ?? GUESS_PX);
  }
}
