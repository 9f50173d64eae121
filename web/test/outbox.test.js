import { Fault } from '/app/fault.js';
import { Outbox } from '/app/model/outbox.js';
import { later, same, settled, truly } from './assert.js';

let accounts = 0;

/// An outbox of a new account; `sent` are the items that it has delivered, in order.
function make(deliver = async () => {}, account = `test-${++accounts}`) {
  const sent = [];
  const outbox = new Outbox({ account, changed: () => {}, deliver: (item, signal) => (sent.push(item), deliver(item, signal)) });
  return { outbox, sent, account };
}

const kept = (account) => Object.keys(localStorage).filter((key) => key.startsWith(`parley.outbox.${account}.`));

export default {
  async 'what is delivered is forgotten, here and in the storage'() {
    const { outbox, sent, account } = make();
    outbox.add('user:2', 'text', { content: 'hi' });
    same(kept(account).length, 1);
    await settled();
    same([sent.length, outbox.items, kept(account)], [1, [], []]);
  },

  async 'messages of one conversation go one at a time, in order; others do not wait for them'() {
    const first = later();
    const { outbox, sent } = make((item) => (item.content === 1 ? first.promise : Promise.resolve()));
    outbox.add('user:2', 'text', 1);
    outbox.add('user:2', 'text', 2);
    outbox.add('user:3', 'text', 3);
    await settled();
    same(sent.map(({ content }) => content), [1, 3]);
    first.resolve();
    await settled();
    same(sent.map(({ content }) => content), [1, 3, 2]);
  },

  async 'words do not wait for an upload, and uploads go one after the other'() {
    const first = later();
    const { outbox, sent } = make((item) => (item.content === 1 ? first.promise : Promise.resolve()));
    const file = new File(['x'], 'a');
    outbox.add('user:2', 'file', 1, { file });
    outbox.add('user:2', 'file', 2, { file });
    outbox.add('user:2', 'text', 3);
    await settled();
    same(sent.map(({ content }) => content), [1, 3]);
    outbox.uploaded(outbox.items[0].clientMessageId, 1);
    outbox.resume();
    outbox.add('user:2', 'text', 4);
    await settled();
    same(sent.map(({ content }) => content), [1, 3, 4], 'what is being sent is not sent again once it is uploaded');
    first.resolve();
    await settled();
    same(sent.map(({ content }) => content), [1, 3, 4, 2]);
  },

  async 'a refused message says why, and the next one goes'() {
    const { outbox, sent } = make(async (item) => {
      if (item.content === 1) throw new Fault(3, 'too long');
    });
    outbox.add('user:2', 'text', 1);
    outbox.add('user:2', 'text', 2);
    await settled();
    same(sent.length, 2);
    same(outbox.of('user:2').map(({ content, state, error }) => [content, state, error]), [[1, 'failed', 'too long']]);
    outbox.clear();
  },

  async 'without a connection everything waits, under the same id, in order'() {
    let online = false;
    const { outbox, sent } = make(async () => {
      if (!online) throw Fault.offline();
    });
    outbox.add('user:2', 'text', 1);
    outbox.add('user:2', 'text', 2);
    await settled();
    same(sent.map(({ content }) => content), [1]);
    same(outbox.items.map(({ state }) => state), ['sending', 'sending']);
    online = true;
    outbox.resume();
    await settled();
    same(sent.map(({ content }) => content), [1, 1, 2]);
    same(sent[0].clientMessageId, sent[1].clientMessageId);
    outbox.close();
  },

  async 'what was not sent is there after a reload, oldest first'() {
    const { outbox, account } = make(async () => { throw Fault.offline(); });
    outbox.add('user:2', 'text', { content: 'one' }, { replyToSeq: 7, atUserIds: ['3'] });
    await settled();
    outbox.close();
    const { outbox: again, sent } = make(async () => {}, account);
    same(again.items.map(({ content, replyToSeq, atUserIds, state }) => [content, replyToSeq, atUserIds, state]), [[{ content: 'one' }, 7, ['3'], 'sending']]);
    again.resume();
    await settled();
    same([sent.length, kept(account)], [1, []]);
  },

  async 'a file is kept only once it is uploaded'() {
    const { outbox, account } = make(async () => { throw Fault.offline(); });
    outbox.add('user:2', 'file', { name: 'a' }, { file: new File(['x'], 'a') });
    await settled();
    same(kept(account), []);
    outbox.uploaded(outbox.items[0].clientMessageId, { url: '/media/a' });
    same(kept(account).length, 1);
    same([outbox.items[0].file, outbox.items[0].content], [null, { url: '/media/a' }]);
    outbox.clear();
    same(kept(account), []);
    outbox.close();
  },

  async 'giving an upload up stops it, and it is no failure'() {
    const { outbox } = make((item, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))));
    outbox.add('user:2', 'file', {}, { file: new File(['x'], 'a') });
    await settled();
    outbox.progressed(outbox.items[0].clientMessageId, 0.5);
    same(outbox.items[0].progress, 0.5);
    truly(outbox.remove(outbox.items[0].clientMessageId), 'the item is given');
    await settled();
    same(outbox.items, []);
    same(outbox.remove('unknown'), null);
  },

  async 'a failed message is tried again when the user wants it'() {
    let refuse = true;
    const { outbox, sent } = make(async () => {
      if (refuse) throw new Fault(3, 'no');
    });
    outbox.add('user:2', 'text', 1);
    await settled();
    refuse = false;
    outbox.retry(outbox.items[0].clientMessageId);
    await settled();
    same([sent.length, outbox.items], [2, []]);
    outbox.retry('unknown');
  },
};
