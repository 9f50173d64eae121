import { Archive } from '/app/model/archive.js';
import { arrange, react, recall, search } from '/app/model/deeds.js';
import { Members } from '/app/model/members.js';
import { Notifier } from '/app/model/notifier.js';
import { pushed } from '/app/model/pushes.js';
import { ReadCounts } from '/app/model/read-counts.js';
import { shelfOf, Shelf } from '/app/model/shelf.js';
import { same, server, settled } from './assert.js';

const answered = { message: { id: '1', seq: '1', text: {} } };

export default {
  async 'notifier: many changes of one task are one event'() {
    const notifier = new Notifier();
    let events = 0;
    notifier.addEventListener('change', () => events++);
    notifier.changed();
    notifier.changed();
    await settled();
    notifier.tell('a word');
    await settled();
    same([events, notifier.told], [2, 'a word']);
    notifier.tell('');
    same(notifier.told, '');
  },

  async 'read counts: asked for once, again after news, and 0 before'() {
    const { request, calls } = server({ pager: { total_rows: '3' } }, { pager: { total_rows: '4' } }, new Error('gone'));
    const counts = new ReadCounts(request, () => {});
    const message = { id: '5', conversationId: '90' };
    same([counts.of(message), counts.of(message)], [0, 0]);
    await settled();
    same(counts.of(message), 3);
    counts.forget('91');
    same([counts.of(message), calls.length], [3, 1]);
    counts.forget('90');
    same(counts.of(message), 3, 'the old one until the new one is there');
    await settled();
    same(counts.of(message), 4);
    counts.forget('90');
    counts.of(message);
    await settled();
    same(counts.of(message), 4, 'a failure');
  },

  async 'members: asked for once a group, again when it has changed or could not be read'() {
    const { request, calls } = server({ member: [{ user: { id: '2', nickname: 'Lei' } }] }, new Error('gone'), {});
    const known = [];
    const members = new Members(request, { learnUser: ({ id }) => known.push(id) });
    same([await members.of('7'), await members.of('7'), known], [['2'], ['2'], ['2']]);
    members.forget('7');
    await members.of('7').catch(() => {});
    same([await members.of('7'), calls.length], [[], 3]);
  },

  async 'members: a group is read up to a thousand'() {
    const part = (from) => ({ member: Array.from({ length: 64 }, (_, at) => ({ user: { id: String(from + at) } })), next_cursor: 'more' });
    let asked = 0;
    const members = new Members(async () => part(64 * asked++), { learnUser: () => {} });
    same([(await members.of('7')).length, asked], [1024, 16]);
  },

  'pushes: each means something to the store, one that is not known means nothing'() {
    const heard = [];
    const note = (name) => (...data) => (heard.push([name, ...data]), Promise.resolve());
    const store = {
      accept: ({ seq }) => heard.push(['accept', seq]), recalled: note('recalled'), readBy: note('readBy'), sync: note('sync'), recover: note('recover'),
      presence: { types: note('types'), told: note('told') }, directory: { learnFriends: note('friends'), forget: note('forget') }, members: { forget: note('members') },
    };
    pushed(store, 'push.message', { message: { seq: '4', text: {} } });
    pushed(store, 'push.recall', { conversation_id: '90', seq: '4', user_id: '2' });
    pushed(store, 'push.read', { user_id: '2', conversation_id: '90', seq: '4' });
    pushed(store, 'push.typing', { user_id: '2', conversation_id: '90' });
    pushed(store, 'push.group', { id: '7' });
    pushed(store, 'push.sync', {});
    pushed(store, 'push.of-tomorrow', {});
    same(heard, [
      ['accept', 4], ['recalled', '90', 4, '2'], ['readBy', '2', '90', 4], ['types', '90', '2'], ['members', '7'], ['forget', 'group:7'], ['sync'], ['recover'],
    ]);
  },

  async 'deeds: the store is told only once the server has done it'() {
    const { request } = server(new Error('too late'), {});
    const told = [];
    const store = { request, recalled: (...what) => told.push(what), arranged: (...what) => told.push(what) };
    await recall(store, { id: '5', conversationId: '90', seq: 3 }).catch(() => {});
    same(told, []);
    await arrange(store, { id: '90', key: 'user:2', pinned: false, muted: true, hidden: false }, { pinned: true });
    same(told, [['user:2', { pinned: true, muted: true, hidden: false }]]);
  },

  async 'deeds: a reaction that is the own one already is taken away'() {
    const { request, calls } = server(answered, answered, answered);
    const store = { me: '1', request, accept: () => {} };
    const message = { id: '5', reactions: [{ symbol: 'x', userIds: ['1'] }, { symbol: 'y', userIds: ['2'] }] };
    for (const symbol of ['x', 'y', 'z']) await react(store, message, symbol);
    same(calls.map(({ data }) => data.remove), [true, false, false]);
  },

  async 'deeds: a search goes on until it finds something, has read all, or nobody waits'() {
    const found = { message: [{ id: '1', seq: '1', sender_id: '2', to_user_id: '1', text: {} }], next_cursor: 'c' };
    const first = server({ next_cursor: 'a' }, found);
    const result = await search({ me: '1', request: first.request }, { keyword: 'tea', cursor: '', wanted: () => true });
    same([result.found.map(({ key }) => key), result.cursor, first.calls.map(({ data }) => data.cursor)], [['user:2'], 'c', ['', 'a']]);
    const held = server({ next_cursor: '' });
    same((await search({ request: held.request }, { keyword: 'tea', within: '9', cursor: '', wanted: () => true })).found, []);
    same([first.calls[0].data.conversation_id, held.calls[0].data.conversation_id], ['0', '9']);
    const left = server({ next_cursor: 'a' });
    same((await search({ request: left.request }, { keyword: 'tea', cursor: '', wanted: () => false })).cursor, 'a');
  },

  'shelf: one for each store and kind, told when the connection is back or pushes were lost, and not when it was there'() {
    const store = new EventTarget();
    store.connection = 'online';
    const heard = [];
    class Told extends Shelf {
      heard(cmd) {
        heard.push(cmd);
      }
      recovered() {
        heard.push('recovered');
      }
    }
    const of = shelfOf(Told);
    same(of(store) === of(store), true);
    const change = () => store.dispatchEvent(new Event('change'));
    change();
    store.connection = 'waiting';
    change();
    store.connection = 'online';
    change();
    change();
    store.dispatchEvent(new CustomEvent('push', { detail: { cmd: 'push.feed', data: {} } }));
    store.dispatchEvent(new CustomEvent('push', { detail: { cmd: 'push.sync', data: {} } }));
    same(heard, ['recovered', 'push.feed', 'recovered']);
  },

  async 'archive: gives back what was kept, keeps what was there for nothing, and forgets'() {
    const first = new Archive('unit-test');
    same(await first.load('list'), undefined);
    first.save('list', () => ({ cursor: 'a' }));
    first.flush();
    first.save('list', () => null);
    first.flush();
    same((await first.load('list')).cursor, 'a');
    first.close(false);
    const second = new Archive('unit-test');
    same((await second.load('list')).cursor, 'a');
    second.close(true);
    const third = new Archive('unit-test');
    same(await third.load('list'), undefined);
    third.close(true);
    third.save('list', () => ({ cursor: 'late' }));
    third.flush();
  },

  async 'archive: drops what was kept longest ago once there are too many'() {
    const archive = new Archive('unit-test-many');
    archive.save('old', () => ({ n: 0 }));
    archive.flush();
    await archive.load('old');
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (let n = 0; n < 100; n++) archive.save(`new-${n}`, () => ({ n }));
    archive.flush();
    await archive.load('new-1');
    await settled();
    same([await archive.load('old'), (await archive.load('new-99')).n], [undefined, 99]);
    archive.close(true);
  },
};
