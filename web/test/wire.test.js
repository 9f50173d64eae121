import { beyond, keyOf, keyOfMessage, targetOf, timeOf, toConversation, toMessage, toPushed, withoutContent } from '/app/model/wire.js';
import { same } from './assert.js';

export default {
  'a message with nothing but what must be there'() {
    const message = toMessage({ id: '9007199254740993', conversation_id: '1', seq: '12', sender_id: '2', to_user_id: '3', to_group_id: '0', text: { content: 'hi' }, created_at: '2026-01-02T03:04:05Z' });
    same([message.id, message.seq, message.kind, message.content, message.toGroupId], ['9007199254740993', 12, 'text', { content: 'hi' }, '']);
    same([message.editedAt, message.replyToSeq, message.reactions, message.atUserIds, message.recalled], [0, 0, [], [], false]);
    same(message.createdAt, Date.UTC(2026, 0, 2, 3, 4, 5));
  },

  'a kind that this client does not know is a message all the same'() {
    const message = toMessage({ id: '1', seq: '1', hologram: { depth: 3 } });
    same([message.kind, message.content], ['', {}]);
  },

  'reactions and mentions'() {
    const message = toMessage({ id: '1', seq: '1', text: {}, at_user_id: [5], reaction: [{ symbol: '👍', count: '2', user_id: ['7'] }, { symbol: 'x', count: 1 }] });
    same([message.atUserIds, message.reactions], [['5'], [{ symbol: '👍', count: 2, userIds: ['7'] }, { symbol: 'x', count: 1, userIds: [] }]]);
  },

  'a conversation of two and one of a group'() {
    const two = toConversation({ id: '1', peer_user_id: '2', group_id: '0', last_seq: '3' });
    same([two.key, two.userId, two.groupId, two.lastSeq, two.lastMessage, two.lastChange], ['user:2', '2', '', 3, null, '0']);
    same(toConversation({ id: '1', peer_user_id: '0', group_id: '7', last_change: '55', muted: true }).key, 'group:7');
  },

  'how an account came out of a group, and who took a message back'() {
    same(['STANDING_LEFT', 'STANDING_REMOVED', 'STANDING_DISSOLVED', 'STANDING_OUT', 'STANDING_IN', undefined].map((standing) => toConversation({ id: '1', group_id: '7', standing }).ended),
      ['left', 'removed', 'dissolved', 'out', '', '']);
    same([toMessage({ id: '1', seq: '1', recalled: true, recalled_by: '5' }).recalledBy, toMessage({ id: '1', seq: '1' }).recalledBy], ['5', '']);
    same(withoutContent({ senderId: '2', content: { content: 'x' } }, '2').recalledBy, '');
    same(withoutContent({ senderId: '2', content: { content: 'x' } }, '5'), { senderId: '2', content: {}, reactions: [], pinnedAt: 0, starred: false, recalled: true, recalledBy: '5' });
  },

  'a pin has its time; a star is known, or in a push may not be told'() {
    const json = { id: '1', seq: '1', pinned_at: '1970-01-01T00:00:05Z' };
    same([toMessage(json).pinnedAt, toMessage({ id: '1' }).pinnedAt], [5000, 0]);
    same([toMessage(json).starred, toMessage({ ...json, starred: true }).starred], [false, true]);
    same([toPushed(json).starred, toPushed({ ...json, starred: false }).starred, toPushed(json).pinnedAt], [undefined, false, 5000]);
  },

  'what was deleted for oneself is hidden, and not recalled'() {
    const husk = toMessage({ id: '1', seq: '4', recalled: true, hidden: true });
    same([husk.hidden, husk.recalled, husk.kind, husk.seq], [true, false, '', 4]);
    same(toMessage({ id: '1', recalled: true }).hidden, false);
  },

  'keys and targets are each other turned round'() {
    same([keyOf({ groupId: '7', userId: '' }), keyOf({ userId: '2' })], ['group:7', 'user:2']);
    same([targetOf('group:7'), targetOf('user:2')], [{ groupId: '7' }, { userId: '2' }]);
  },

  'the conversation of a message is named after the other one'() {
    const sent = { senderId: '1', toUserId: '2', toGroupId: '' };
    same([keyOfMessage(sent, '1'), keyOfMessage(sent, '2')], ['user:2', 'user:1']);
    same(keyOfMessage({ senderId: '1', toUserId: '', toGroupId: '7' }, '1'), 'group:7');
  },

  'cursors are compared as numbers, however long'() {
    same([beyond('10', '9'), beyond('9007199254740993', '9007199254740992'), beyond('', '0'), beyond('5', '5')], [true, true, false, false]);
  },

  'no time is 0'() {
    same([timeOf(undefined), timeOf(''), timeOf('1970-01-01T00:00:01Z')], [0, 0, 1000]);
  },
};
