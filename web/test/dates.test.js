import { seqSince } from '/app/model/dates.js';
import { fails, same, truly } from './assert.js';

/// A conversation of these seqs, said at ten times the seq; `asked` counts the calls.
function history(...seqs) {
  const all = { asked: 0 };
  all.after = async (seq) => {
    all.asked++;
    const next = seqs.find((each) => each > seq);
    return next === undefined ? null : { seq: next, createdAt: next * 10 };
  };
  return all;
}

const upTo = (count) => Array.from({ length: count }, (_, i) => i + 1);

export default {
  async 'the first message at or after a time is found'() {
    const { after } = history(...upTo(100));
    same(await seqSince(after, 100, 500), 50);
    same(await seqSince(after, 100, 501), 51);
    same(await seqSince(after, 100, 0), 1);
    same(await seqSince(after, 100, 1000), 100);
  },

  async 'after the last message there is none'() {
    same(await seqSince(history(...upTo(7)).after, 7, 71), 0);
    same(await seqSince(history().after, 0, 0), 0);
  },

  async 'seqs that the account never saw are stepped over'() {
    const { after } = history(3, 4, 90, 91, 92);
    same(await seqSince(after, 92, 31), 4);
    same(await seqSince(after, 92, 41), 90);
    same(await seqSince(after, 100, 921), 0);
  },

  async 'a million messages take some twenty calls'() {
    const all = { asked: 0 };
    const after = async (seq) => (all.asked++, { seq: seq + 1, createdAt: seq + 1 });
    same(await seqSince(after, 1_000_000, 654_321), 654_321);
    truly(all.asked <= 22, `${all.asked} calls`);
  },

  async 'a call that fails is the caller’s'() {
    same((await fails(() => seqSince(async () => { throw new Error('gone'); }, 9, 5))).message, 'gone');
  },
};
