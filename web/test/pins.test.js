import { Pins } from '/app/model/pins.js';
import { follow, starredBy } from '/app/model/stars.js';
import { same, server, settled } from './assert.js';

const at = (second) => `2026-12-01T10:00:${String(second).padStart(2, '0')}Z`;
const json = (seq, second) => ({ id: String(seq), conversation_id: '90', seq: String(seq), sender_id: '2', to_user_id: '1', text: { content: `m${seq}` }, pinned_at: second ? at(second) : undefined });
const message = (seq, second) => ({ conversationId: '90', seq, pinnedAt: second ? Date.parse(at(second)) : 0 });
const seqs = (messages) => messages.map(({ seq }) => seq);

function make(answers, kept = {}) {
  const { request, calls } = server(...answers);
  const saved = new Map();
  const archive = { load: async (key) => kept[key], save: (key, value) => saved.set(key, value()) };
  return { pins: new Pins({ request, archive, changed: () => {} }), calls, saved };
}

export default {
  async 'what is pinned is asked for once, part by part, and kept'() {
    const { pins, calls, saved } = make([{ message: [json(5, 9)], next_cursor: '7' }, { message: [json(2, 3)], next_cursor: '' }]);
    same([pins.of('90'), pins.of('90')], [[], []]);
    await settled();
    same([seqs(pins.of('90')), calls.map(({ data }) => data.cursor)], [[5, 2], ['', '7']]);
    same(seqs(saved.get('pins:90').messages), [5, 2]);
    same(pins.of(''), []);
  },

  async 'pushes put the one pinned last in front, and take away what is not pinned any more or recalled'() {
    const { pins } = make([{ message: [json(2, 3), json(1, 1)] }]);
    pins.of('90');
    await settled();
    pins.heard(message(7, 8));
    same(seqs(pins.of('90')), [7, 2, 1]);
    pins.heard(message(2, 0));
    pins.recalled('90', 7);
    pins.heard(message(9, 0));
    same(seqs(pins.of('90')), [1]);
  },

  async 'what is pushed while an answer is on its way is not undone by it'() {
    const { pins, calls } = make([{ message: [json(1, 1)] }, { message: [json(3, 5), json(1, 1)] }]);
    pins.of('90');
    pins.heard(message(3, 5));
    await settled();
    same(seqs(pins.of('90')), [3]);
    await settled();
    same([seqs(pins.of('90')), calls.length], [[3, 1], 2]);
  },

  async 'after a lost connection, and after a change that was not pushed, it is asked for again; until then the old is shown'() {
    const { pins, calls } = make([{ message: [json(1, 1)] }, { message: [] }, { message: [json(4, 4)] }]);
    pins.of('90');
    await settled();
    pins.forget();
    same(seqs(pins.of('90')), [1]);
    await settled();
    same(seqs(pins.of('90')), []);
    pins.synced('90', '8');
    pins.of('90');
    await settled();
    pins.synced('90', '8');
    same([seqs(pins.of('90')), calls.length], [[4], 3]);
  },

  async 'without a connection what was kept is shown'() {
    const { pins } = make([new Error('away')], { 'pins:90': { messages: [message(6, 6)] } });
    pins.of('90');
    await settled();
    same(seqs(pins.of('90')), [6]);
  },

  async 'the list of stars follows what other devices do'() {
    const { request } = server({ message: [json(1)], next_cursor: '' });
    const listing = starredBy(request, () => {});
    await listing.more();
    const push = (seq, starred) => follow(listing, { cmd: 'push.message', data: { message: { ...json(seq), starred } } });
    push(2, true);
    push(3, undefined);
    same(listing.items.map(({ seq }) => seq), [2, 1]);
    push(1, false);
    same(listing.items.map(({ seq }) => seq), [2]);
    follow(listing, { cmd: 'push.recall', data: { id: '2' } });
    same([listing.items, listing.ended], [[], true]);
  },
};
