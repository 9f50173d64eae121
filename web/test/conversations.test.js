import { Conversations } from '/app/model/conversations.js';
import { same } from './assert.js';

const ME = '1';
const message = (seq, more = {}) => ({
  seq, conversationId: '90', senderId: '2', toUserId: ME, toGroupId: '', createdAt: seq * 10, atUserIds: [], reactions: [{ symbol: 'x' }], content: { content: 'hi' }, ...more,
});
const state = (lastSeq, more = {}) => ({
  key: 'user:2', userId: '2', groupId: '', id: '90', lastSeq, readSeq: 0, unread: lastSeq, mentioned: 0, peerReadSeq: 0, lastMessage: message(lastSeq),
  updatedAt: lastSeq, lastChange: '0', pinned: false, muted: false, hidden: false, ...more,
});
const make = () => new Conversations(ME, () => {});

export default {
  'one that nobody has written in has no id and is not listed'() {
    const all = make();
    same([all.get('user:2').id, all.get('user:2').userId, all.list], ['', '2', []]);
    all.begin('user:2');
    same(all.list.length, 1);
    same(all.snapshot(), []);
  },

  'pinned ones come first, then the latest; hidden ones do not come'() {
    const all = make();
    all.synced(state(1, { key: 'user:2', id: 'a', updatedAt: 3 }));
    all.synced(state(1, { key: 'user:3', id: 'b', updatedAt: 1, pinned: true }));
    all.synced(state(1, { key: 'user:4', id: 'c', updatedAt: 2 }));
    all.synced(state(1, { key: 'user:5', id: 'd', updatedAt: 9, hidden: true }));
    same(all.list.map(({ key }) => key), ['user:3', 'user:2', 'user:4']);
  },

  'a new message of somebody else is unread, an own one is not'() {
    const all = make();
    same(all.stored(message(1)), { key: 'user:2', fresh: true, missed: false });
    all.stored(message(2, { senderId: ME, toUserId: '2' }));
    same([all.get('user:2').unread, all.get('user:2').lastSeq, all.unread], [1, 2, 1]);
  },

  'a message that comes again, late or changed counts once and turns nothing back'() {
    const all = make();
    all.stored(message(1));
    all.stored(message(3));
    same(all.stored(message(1)), { key: 'user:2', fresh: false, missed: false });
    all.stored(message(3, { content: { content: 'edited' } }));
    const { unread, lastSeq, lastMessage } = all.get('user:2');
    same([unread, lastSeq, lastMessage.content.content], [2, 3, 'edited']);
  },

  'what a stranger began stands apart and is unread in no count, until it is accepted or answered'() {
    const all = make();
    all.asked('90', '2', true);
    same([all.list, all.requests], [[], []]);
    all.stored(message(1));
    same([all.list, all.requests.map(({ key }) => key), all.unread], [[], ['user:2'], 0]);
    all.asked('90', '2', false);
    same([all.list.map(({ key }) => key), all.requests, all.unread], [['user:2'], [], 1]);
    all.asked('90', '2', true);
    all.stored(message(2, { senderId: ME, toUserId: '2' }));
    same([all.list.length, all.requests], [1, []]);
  },

  'a request that was put away comes back with the next message'() {
    const all = make();
    all.synced(state(1, { request: true }));
    all.arranged('user:2', { hidden: true });
    same(all.requests, []);
    all.stored(message(2));
    same(all.requests.map(({ lastSeq }) => lastSeq), [2]);
  },

  'a hole before a message is noticed'() {
    const all = make();
    all.stored(message(1));
    same(all.stored(message(3)).missed, true);
  },

  'of a muted one only what names the account counts'() {
    const all = make();
    const toGroup = { toUserId: '', toGroupId: '7' };
    all.stored(message(1, toGroup));
    all.stored(message(2, { ...toGroup, atUserIds: [ME] }));
    all.arranged('group:7', { muted: true });
    same([all.unread, all.get('group:7').unread], [1, 2]);
  },

  'a new message brings a hidden one back'() {
    const all = make();
    all.synced(state(1, { hidden: true }));
    all.stored(message(2));
    same(all.list.length, 1);
  },

  'sync never lowers what is known: not the seq, not the read marks'() {
    const all = make();
    all.stored(message(5));
    all.readAll('user:2');
    all.synced(state(4));
    same(all.get('user:2').lastSeq, 5);
    all.read('90', '2', 3);
    all.synced(state(5, { readSeq: 2, unread: 3, peerReadSeq: 1 }));
    const { readSeq, unread, peerReadSeq } = all.get('user:2');
    same([readSeq, unread, peerReadSeq], [5, 0, 3]);
  },

  'the count of unread messages is no higher than what came after the mark'() {
    const all = make();
    all.synced(state(5, { readSeq: 3, unread: 4, mentioned: 4 }));
    same([all.get('user:2').unread, all.get('user:2').mentioned], [2, 2]);
  },

  'reading all of it is told once'() {
    const all = make();
    all.stored(message(2));
    same(all.readAll('user:2'), { id: '90', seq: 2 });
    same(all.readAll('user:2'), null);
    same(all.readAll('user:99'), null);
  },

  'another device that has read a part makes the count unknown, one that has read all of it does not'() {
    const all = make();
    all.stored(message(4));
    same(all.read('90', ME, 2), false);
    same(all.read('90', ME, 4), true);
    same([all.read('90', ME, 3), all.get('user:2').unread], [true, 0]);
    same(all.read('unknown', ME, 1), true);
  },

  'a recalled last message is shown as such, an older one changes nothing'() {
    const all = make();
    all.stored(message(2));
    all.recalled('90', 1);
    same(all.get('user:2').lastMessage.recalled, undefined);
    all.recalled('90', 2);
    const { recalled, content, reactions } = all.get('user:2').lastMessage;
    same([recalled, content, reactions], [true, {}, []]);
  },

  'what was kept is back, with what is new since in it'() {
    const all = make();
    all.stored(message(2));
    const { pinned, ...old } = all.snapshot()[0];
    const again = make();
    again.restore([old]);
    same([again.get('user:2').lastSeq, again.get('user:2').pinned], [2, false]);
  },

  'what the account deleted for itself is not shown as the last; the server is asked what is, and what is unread'() {
    const all = make();
    all.stored(message(1));
    all.stored(message(2));
    same(all.stored(message(2, { hidden: true, content: {} })), { key: 'user:2', fresh: false, missed: true });
    same(all.get('user:2').lastMessage.content, { content: 'hi' });
    all.synced(state(2, { lastMessage: message(1), unread: 1 }));
    same([all.get('user:2').lastMessage.seq, all.get('user:2').unread], [1, 1]);
    all.stored(message(1, { content: { content: 'edited' } }));
    same(all.get('user:2').lastMessage.content, { content: 'edited' });
  },
};
