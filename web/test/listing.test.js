import { Business, Fault } from '/app/fault.js';
import { byCursor, byPages, Listing } from '/app/model/listing.js';
import { fails, later, same } from './assert.js';

const row = (id) => ({ id });
const ids = (listing) => listing.items.map(({ id }) => id);
const tooLarge = () => new Fault(8, 'too large', { businessCode: Business.TOO_LARGE });

export default {
  async 'is read part by part, each row once, until there is no more'() {
    const parts = [{ rows: [row(1), row(2)], next: 'a' }, { rows: [row(2), row(3)], next: null }];
    const asked = [];
    const listing = new Listing(async (next) => (asked.push(next), parts.shift()), () => {});
    same(listing.begun, false);
    await listing.more();
    same(listing.ended, false);
    await listing.more();
    await listing.more();
    same(ids(listing), [1, 2, 3]);
    same(asked, [null, 'a']);
    same(listing.ended, true);
  },

  async 'does not ask twice at a time'() {
    const answer = later();
    let asked = 0;
    const listing = new Listing(() => (asked++, answer.promise), () => {});
    const first = listing.more();
    await listing.more();
    answer.resolve({ rows: [row(1)], next: null });
    await first;
    same(asked, 1);
  },

  async 'keeps its rows while it is read anew, and drops the answer of before'() {
    const answers = [later(), later(), later()];
    let asked = 0;
    const listing = new Listing(() => answers[asked++].promise, () => {});
    const first = listing.more();
    answers[0].resolve({ rows: [row(1)], next: 'a' });
    await first;
    const late = listing.more();
    const anew = listing.again();
    same(ids(listing), [1]);
    answers[2].resolve({ rows: [row(9)], next: null });
    await anew;
    answers[1].resolve({ rows: [row(2)], next: 'b' });
    await late;
    same(ids(listing), [9]);
    same([listing.ended, listing.loading], [true, false]);
  },

  async 'says why it could not be read, and goes on from there'() {
    const answers = [new Error('no network'), { rows: [row(1)], next: null }];
    const listing = new Listing(async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    }, () => {});
    await listing.more();
    same([listing.fault, listing.loading, listing.ended], ['no network', false, false]);
    await listing.more();
    same([listing.fault, ids(listing)], ['', [1]]);
  },

  async 'puts a row in the place of the one with its id, else in front, and removes by id'() {
    const listing = new Listing(async () => ({ rows: [{ key: 'a', n: 1 }, { key: 'b', n: 1 }], next: null }), () => {}, ({ key }) => key);
    await listing.more();
    listing.put({ key: 'b', n: 2 });
    listing.put({ key: 'c', n: 1 });
    listing.remove('a');
    same(listing.items, [{ key: 'c', n: 1 }, { key: 'b', n: 2 }]);
  },

  async 'forgets everything when it is cleared, also what is on its way'() {
    const answer = later();
    const listing = new Listing(() => answer.promise, () => {});
    const reading = listing.more();
    listing.clear();
    answer.resolve({ rows: [row(1)], next: null });
    await reading;
    same([ids(listing), listing.begun], [[], false]);
  },

  async 'by pages: goes on to the last row'() {
    const asked = [];
    const read = byPages(async (page, size) => (asked.push([page, size]), { rows: ['r'], pager: { total_rows: '40' } }));
    const first = await read(null);
    const second = await read(first.next);
    same(asked, [[1, 32], [2, 32]]);
    same(second.next, null);
  },

  async 'by pages: a page that does not fit is halved, on its borders'() {
    const asked = [];
    const read = byPages(async (page, size) => {
      asked.push([page, size]);
      if (size > 8) throw tooLarge();
      return { rows: [], pager: { total_rows: '17' } };
    });
    const { next } = await read(null);
    same(asked, [[1, 32], [1, 16], [1, 8]]);
    await read(next);
    same(asked.at(-1), [2, 8]);
  },

  async 'by pages: no rows and no pager is an end'() {
    same(await byPages(async () => ({}))(null), { rows: [], next: null });
  },

  async 'by cursor: an empty cursor is the end, other faults than the size are not hidden'() {
    const read = byCursor(async (cursor, size) => {
      if (size > 16) throw tooLarge();
      return { rows: [cursor], next: cursor ? '' : 'more' };
    });
    const first = await read(null);
    same(first, { rows: [''], next: 'more' });
    same(await read(first.next), { rows: ['more'], next: null });
    same((await fails(() => byCursor(async () => { throw new Fault(14, 'gone'); })(null))).message, 'gone');
    same((await fails(() => byCursor(async () => { throw tooLarge(); })(null))).businessCode, Business.TOO_LARGE);
  },
};
