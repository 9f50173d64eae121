import { Business, Fault } from '/app/fault.js';
import { everyPart, page } from '/app/model/paging.js';
import { fails, same } from './assert.js';

const tooLarge = () => new Fault(8, 'too large', { businessCode: Business.TOO_LARGE });

export default {
  async 'a page is asked for again with half the limit until it fits'() {
    const asked = [];
    const found = await page(25, async (limit) => {
      asked.push(limit);
      if (limit > 4) throw tooLarge();
      return 'fits';
    });
    same(asked, [25, 13, 7, 4]);
    same(found, { answer: 'fits', limit: 4 });
  },

  async 'one that does not fit with a single row, and any other fault, is told'() {
    same((await fails(() => page(1, async () => { throw tooLarge(); }))).businessCode, Business.TOO_LARGE);
    same((await fails(() => page(8, async () => { throw new Fault(14, 'gone'); }))).message, 'gone');
  },

  async 'every part is taken, with the size that worked, until the cursor ends'() {
    const asked = [];
    const taken = [];
    await everyPart(8, async (cursor, size) => {
      asked.push([cursor, size]);
      if (size > 4) throw tooLarge();
      return { n: asked.length, next_cursor: asked.length < 4 ? `c${asked.length}` : '' };
    }, ({ n }) => (taken.push(n), true));
    same(asked, [['', 8], ['', 4], ['c2', 4], ['c3', 4]]);
    same(taken, [2, 3, 4]);
  },

  async 'whoever has enough is asked no further'() {
    let asked = 0;
    await everyPart(8, async () => (asked++, { next_cursor: 'more' }), () => asked < 2);
    same(asked, 2);
  },
};
