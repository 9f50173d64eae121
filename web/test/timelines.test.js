import { Timelines } from '/app/model/timelines.js';
import { same, server, settled } from './assert.js';

const json = (seq, text = `m${seq}`) => ({ id: String(seq), conversation_id: '90', seq: String(seq), sender_id: '2', to_user_id: '1', text: { content: text } });
const held = (more = {}) => ({ id: '90', lastSeq: 2, lastChange: '0', ...more });

function make(answers, { kept = {}, conversation = held() } = {}) {
  const { request, calls } = server(...answers);
  const saved = new Map();
  const archive = { load: async (key) => kept[key], save: (key, make) => saved.set(key, make()) };
  const taken = [];
  const timelines = new Timelines({ request, archive, conversation: () => conversation, taken: ({ seq }) => taken.push(seq), changed: () => {} });
  return { timelines, calls, saved, taken };
}

const seqs = (timeline) => timeline.messages.map(({ seq }) => seq);

export default {
  async 'is loaded, told of, and kept'() {
    const { timelines, taken, saved } = make([{ message: [json(1), json(2)] }]);
    await timelines.bringUp('user:2');
    same([seqs(timelines.get('user:2')), taken, saved.get('timeline:user:2').messages.length], [[1, 2], [1, 2], 2]);
  },

  async 'a conversation without an id is empty, and nobody is asked'() {
    const { timelines, calls } = make([], { conversation: held({ id: '' }) });
    await timelines.bringUp('user:2');
    same([timelines.get('user:2').messages, calls], [[], []]);
  },

  async 'what was kept is there at once; then only what is new is pulled, and what has changed'() {
    const kept = { 'timeline:user:2': { messages: [{ seq: 1, content: {} }, { seq: 2, content: {} }], changes: '4' } };
    const { timelines, calls } = make(
      [{ message: [json(3)] }, { message: [json(1, 'edited')], next_cursor: '6', more: false }],
      { kept, conversation: held({ lastSeq: 3, lastChange: '6' }) },
    );
    await timelines.restored('user:2');
    same(seqs(timelines.get('user:2')), [1, 2]);
    await timelines.bringUp('user:2');
    same(seqs(timelines.get('user:2')), [1, 2, 3]);
    same(timelines.get('user:2').at(1).content.content, 'edited');
    same(calls.map(({ data }) => data.after_seq ?? data.cursor), ['2', '4']);
  },

  'at most six are held, the one that was made last among them'() {
    const { timelines } = make([]);
    const first = timelines.get('user:1');
    for (let id = 2; id <= 7; id++) timelines.get(`user:${id}`);
    same([timelines.get('user:7') === timelines.get('user:7'), timelines.get('user:1') === first], [true, false]);
  },

  async 'a quoted message is asked for once; one that is not to be seen stays unknown'() {
    const { timelines, calls } = make([{ message: [json(5)] }, { message: [json(9)] }]);
    same([timelines.quoted('user:2', 5), timelines.quoted('user:2', 5)], [undefined, undefined]);
    await settled();
    same([timelines.quoted('user:2', 5).seq, calls.length], [5, 1]);
    timelines.quoted('user:2', 7);
    await settled();
    same(timelines.quoted('user:2', 7), undefined);
  },

  async 'a quote that has changed is asked for anew'() {
    const { timelines, calls } = make([{ message: [json(5)] }, { message: [json(5, 'edited')] }]);
    timelines.quoted('user:2', 5);
    await settled();
    await timelines.receive('user:2', { seq: 5 });
    timelines.quoted('user:2', 5);
    await settled();
    same([timelines.quoted('user:2', 5).content.content, calls.length], ['edited', 2]);
  },
};
