import { Timeline } from '/app/model/timeline.js';
import { later, same } from './assert.js';

const message = (seq, text = `m${seq}`) => ({ seq, content: { content: text }, reactions: [] });
const seqs = (timeline) => timeline.messages.map(({ seq }) => seq);

/// The server's conversation with the seqs `from` … `to`, without those in `without`.
function stored(from, to, without = []) {
  const all = [];
  for (let seq = from; seq <= to; seq++) if (!without.includes(seq)) all.push(message(seq));
  const asked = [];
  const history = async (bounds, most) => {
    asked.push(bounds);
    const after = bounds.after_seq === undefined ? -1 : Number(bounds.after_seq);
    const before = bounds.before_seq === undefined ? Infinity : Number(bounds.before_seq);
    const fitting = all.filter(({ seq }) => seq > after && seq < before);
    const part = bounds.after_seq === undefined ? fitting.slice(-most) : fitting.slice(0, most);
    return { messages: part, full: part.length === most };
  };
  return { all, asked, timeline: new Timeline(history) };
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

export default {
  async 'loads the newest page, once'() {
    const { timeline, asked } = stored(1, 120);
    await Promise.all([timeline.load(), timeline.load()]);
    await timeline.load();
    same(asked.length, 1);
    same(seqs(timeline), range(71, 120));
    same([timeline.hasOlder, timeline.hasNewer], [true, false]);
  },

  async 'an empty conversation has nothing older'() {
    const { timeline } = stored(1, 0);
    await timeline.load();
    same([seqs(timeline), timeline.hasOlder, await timeline.loadOlder()], [[], false, false]);
  },

  async 'grows back to the first message, each once'() {
    const { timeline } = stored(1, 230);
    await timeline.load();
    same(await timeline.loadOlder(), true);
    same(await timeline.loadOlder(), true);
    same(seqs(timeline), range(1, 230));
    same([timeline.hasOlder, await timeline.loadOlder()], [false, false]);
  },

  async 'two wishes for older messages are one question'() {
    const { timeline, asked } = stored(1, 200);
    await timeline.load();
    const first = timeline.loadOlder();
    same(await timeline.loadOlder(), false);
    await first;
    same(asked.length, 2);
  },

  async 'a message beyond the next pulls what is missing'() {
    const { timeline, all } = stored(1, 3);
    await timeline.load();
    for (const seq of [4, 5, 6]) all.push(message(seq));
    await timeline.receive(message(6));
    same(seqs(timeline), range(1, 6));
  },

  async 'messages out of order and twice are shown in order, each once'() {
    const { timeline, all } = stored(1, 1);
    await timeline.load();
    for (const seq of [2, 3, 4]) all.push(message(seq));
    await Promise.all([timeline.receive(message(4)), timeline.receive(message(2)), timeline.receive(message(4)), timeline.receive(message(3))]);
    same(seqs(timeline), [1, 2, 3, 4]);
  },

  async 'seqs that the account never sees are not waited for'() {
    const { timeline, all, asked } = stored(1, 2);
    await timeline.load();
    all.push(message(6));
    await timeline.receive(message(6));
    same(seqs(timeline), [1, 2, 6]);
    const before = asked.length;
    all.push(message(7));
    await timeline.receive(message(7));
    same([seqs(timeline), asked.length], [[1, 2, 6, 7], before]);
  },

  async 'having missed very much starts over with the newest page'() {
    const { timeline, all } = stored(1, 5);
    await timeline.load();
    for (const seq of range(6, 1500)) all.push(message(seq));
    await timeline.receive(message(1500));
    same(seqs(timeline), range(1451, 1500));
    same(timeline.hasOlder, true);
  },

  async 'around an old message there is a window, which leads to the newest'() {
    const { timeline } = stored(1, 400);
    await timeline.load();
    await timeline.around(100);
    same([timeline.at(100).seq, timeline.hasOlder, timeline.hasNewer], [100, true, true]);
    await timeline.receive(message(401));
    same(timeline.at(401), undefined, 'a new message that does not fit the window');
    while (timeline.hasNewer) await timeline.loadNewer();
    same(seqs(timeline).at(-1), 400);
    await timeline.newest();
    same(timeline.hasNewer, false);
  },

  async 'an answer that is older than a change does not undo it'() {
    const answer = later();
    let asked = 0;
    const timeline = new Timeline(async () => (asked++ === 0 ? { messages: [message(1), message(2)], full: false } : answer.promise));
    await timeline.load();
    const pulling = timeline.catchUp();
    await timeline.receive(message(2, 'edited'));
    answer.resolve({ messages: [message(2, 'as it was'), message(3)], full: false });
    await pulling;
    same(timeline.at(2).content.content, 'edited');
    same(seqs(timeline), [1, 2, 3]);
  },

  async 'what was taken back stays so'() {
    const { timeline } = stored(1, 3);
    await timeline.load();
    timeline.recall(2);
    await timeline.receive(message(2, 'late'));
    same([timeline.at(2).recalled, timeline.at(2).content], [true, {}]);
    timeline.recall(99);
    timeline.replace(message(98));
    same(seqs(timeline), [1, 2, 3]);
  },

  async 'what comes while the first page is on its way is in the window'() {
    const answer = later();
    const timeline = new Timeline(() => answer.promise);
    const loading = timeline.load();
    await timeline.receive(message(3));
    answer.resolve({ messages: [message(1), message(2)], full: false });
    await loading;
    same(seqs(timeline), [1, 2, 3]);
  },

  async 'is kept up to its head, and is back'() {
    const { timeline } = stored(1, 300);
    same(timeline.snapshot(), null);
    await timeline.load();
    while (timeline.hasOlder) await timeline.loadOlder();
    timeline.changes = '7';
    const kept = timeline.snapshot();
    same([kept.messages.length, kept.changes], [200, '7']);
    const again = stored(1, 300).timeline;
    again.restore(kept);
    same([again.loaded, again.hasOlder, again.changes, seqs(again)], [true, true, '7', range(101, 300)]);
    again.restore({ messages: [message(1)], changes: '0' });
    same(seqs(again).length, 200, 'a loaded one is not replaced');
  },

  async 'a window that does not reach the newest message is not kept'() {
    const { timeline } = stored(1, 400);
    await timeline.around(50);
    same(timeline.snapshot(), null);
  },

  async 'a failed page leaves the window, and may be asked for again'() {
    let fail = true;
    const { timeline: good } = stored(1, 60);
    await good.load();
    const timeline = new Timeline(async () => {
      if (fail) throw new Error('gone');
      return { messages: [message(1)], full: false };
    });
    await timeline.load().catch(() => {});
    same(timeline.loaded, false);
    fail = false;
    await timeline.load();
    same(seqs(timeline), [1]);
  },

  async 'a push that says nothing of the star leaves it; one that does puts it on or off'() {
    const { timeline } = stored(1, 3);
    await timeline.load();
    const starred = () => Boolean(timeline.at(2).starred);
    await timeline.receive({ ...message(2), starred: true });
    await timeline.receive({ ...message(2, 'edited'), starred: undefined });
    same([timeline.at(2).content.content, starred()], ['edited', true]);
    await timeline.receive({ ...message(2), starred: false });
    same(starred(), false);
  },

  async 'what was deleted for oneself keeps its seq, and comes back as it is by then'() {
    const { timeline, asked } = stored(1, 3);
    await timeline.load();
    await timeline.receive({ ...message(2), hidden: true, content: {} });
    timeline.recall(2, '5');
    same([seqs(timeline), timeline.at(2).hidden, asked.length], [[1, 2, 3], true, 1]);
    await timeline.receive(message(2, 'edited'));
    same([timeline.at(2).content.content, Boolean(timeline.at(2).hidden)], ['edited', false]);
  },
};
