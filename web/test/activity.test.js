import { actors, wayOf } from '/app/activity/sentences.js';
import { language, setLanguage } from '/app/i18n.js';
import { activityOf, keyOfEntry } from '/app/model/activity.js';
import { later, same, settled, truly } from './assert.js';

const entry = (id, kind, more = {}) => ({ id, kind: `ACTIVITY_${kind}`, count: '1', at: '2026-12-01T10:00:00Z', feed_id: '0', comment_id: '0', group_id: '0', report_id: '0', ...more });

/// A store whose server has `answer()` for the list.
class Fake extends EventTarget {
  connection = 'online';
  calls = [];
  answer = () => ({});

  request = async (cmd, data) => {
    this.calls.push({ cmd: cmd.split('/')[1], data });
    return cmd.endsWith('/ListActivity') ? this.answer(data) : { unread: 0 };
  };

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  push(unread) {
    this.dispatchEvent(new CustomEvent('push', { detail: { cmd: 'push.activity', data: { unread } } }));
  }

  count(cmd) {
    return this.calls.filter((call) => call.cmd === cmd).length;
  }
}

export default {
  async 'says how much is new before anybody looks, and after each push'() {
    const store = new Fake();
    store.answer = () => ({ activity: [entry('9', 'LIKED', { feed_id: '4' })], unread: 3, seen_id: '6' });
    const activity = activityOf(store);
    await settled();
    same(activity.unread, 3);
    same(activity.list.items, [], 'one row was asked for, for the count');
    store.push(4);
    same(activity.unread, 4);
    await settled();
    same(store.count('ListActivity'), 1, 'nobody looks at the list');
    store.push(0);
    same(activity.unread, 0);
  },

  async 'a look tells the server once, and what was new stays marked'() {
    const store = new Fake();
    store.answer = () => ({ activity: [entry('9', 'LIKED', { feed_id: '4' }), entry('5', 'FOLLOWED')], unread: 1, seen_id: '6' });
    const activity = activityOf(store);
    await settled();
    await activity.look();
    same(store.count('MarkActivitySeen'), 0, 'nobody watches');
    const end = activity.watch();
    await activity.list.more();
    await Promise.all([activity.look(), activity.look()]);
    same(store.calls.filter(({ cmd }) => cmd === 'MarkActivitySeen').map(({ data }) => data), [{ up_to: '9' }]);
    same(activity.unread, 0);
    same(activity.list.items.map((each) => activity.isNew(each)), [true, false]);
    end();
    activity.watch();
    same(activity.list.items.map((each) => activity.isNew(each)), [false, false]);
  },

  async 'a look that did not reach the server is told again'() {
    const store = new Fake();
    store.answer = () => ({ activity: [entry('9', 'FOLLOWED')], unread: 1, seen_id: '0' });
    const activity = activityOf(store);
    await settled();
    activity.watch();
    await activity.list.more();
    const { request } = store;
    store.request = async () => {
      throw new Error('no network');
    };
    await activity.look();
    same(activity.unread, 1);
    store.request = request;
    await activity.look();
    same(store.count('MarkActivitySeen'), 1);
  },

  async 'fifty pushes at once are two readings'() {
    const store = new Fake();
    const activity = activityOf(store);
    await settled();
    await activity.list.more();
    const answers = [];
    store.answer = () => {
      answers.push(later());
      return answers.at(-1).promise;
    };
    const before = store.count('ListActivity');
    for (let i = 0; i < 50; i++) store.push(i);
    same(store.count('ListActivity') - before, 1);
    answers[0].resolve({ activity: [] });
    await settled();
    same(store.count('ListActivity') - before, 2);
    answers[1].resolve({ activity: [entry('70', 'FOLLOWED')], unread: 1 });
    await settled();
    same(activity.list.items.map(({ id }) => id), ['70']);
    same(store.count('ListActivity') - before, 2);
  },

  async 'an entry that moves is the same one; friends are told apart'() {
    const store = new Fake();
    store.answer = () => ({
      activity: [entry('3', 'LIKED', { feed_id: '4' }), entry('2', 'FRIEND_REQUEST', { user_id: ['7'] }), entry('1', 'FRIEND_REQUEST', { user_id: ['8'] })],
    });
    const { list } = activityOf(store);
    await list.more();
    same(list.items.length, 3);
    same(keyOfEntry({ ...list.items[0], id: '9' }), keyOfEntry(list.items[0]));
    truly(keyOfEntry(list.items[1]) !== keyOfEntry(list.items[2]), 'two requests are two');
    same(list.items.map(wayOf), ['#feed/post/4', '#people/user/7', '#people/user/8']);
  },

  'who did it, in both languages and numbers'() {
    const before = language();
    try {
      setLanguage('en');
      const cases = [[['Ann'], 1], [['Ann', 'Bob'], 2], [['Ann', 'Bob', 'Cat'], 3], [['Ann', 'Bob', 'Cat'], 5], [['Ann', 'Bob'], 3], [['Ann'], 2], [['Ann'], 4], [[], 1], [[], 3]];
      same(cases.map(([names, total]) => actors(names, total)), [
        'Ann', 'Ann and Bob', 'Ann, Bob and Cat', 'Ann, Bob and 3 others', 'Ann, Bob and 1 other', 'Ann and 1 other', 'Ann and 3 others', 'Somebody', '3 people',
      ]);
      setLanguage('zh-CN');
      same(cases.map(([names, total]) => actors(names, total)), [
        'Ann', 'Ann和Bob', 'Ann、Bob和Cat', 'Ann、Bob 等 5 人', 'Ann、Bob 等 3 人', 'Ann 等 2 人', 'Ann 等 4 人', '有人', '3 个人',
      ]);
    } finally {
      setLanguage(before);
    }
  },
};
