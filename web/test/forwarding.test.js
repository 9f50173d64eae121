import { forward, isForwardable, TARGETS_MAX } from '/app/model/forwarding.js';
import { same } from './assert.js';

const text = (seq, content, more = {}) => ({ seq, kind: 'text', content: { content }, recalled: false, ...more });

/// A store that notes what is sent, as `key kind content`; `openKey` is the chat on screen.
function store(openKey = '') {
  const sent = [];
  const note = (by) => (key, kind, content, more = {}) => sent.push([by, key, kind, content.content, Object.keys(more).length]);
  return { sent, openKey, outbox: { add: note('outbox') }, send: note('store') };
}

export default {
  'messages go to each chat in the order of the conversation, whatever the order of picking'() {
    const { sent, ...rest } = store();
    forward(rest, [text(9, 'c'), text(2, 'a'), text(4, 'b')], ['user:1', 'group:2']);
    same(sent.map(([, key, , content]) => [key, content]), [
      ['user:1', 'a'], ['user:1', 'b'], ['user:1', 'c'], ['group:2', 'a'], ['group:2', 'b'], ['group:2', 'c'],
    ]);
  },

  'whom a message named and what it answered stay where it was said'() {
    const { sent, ...rest } = store();
    forward(rest, [text(1, '@Lei look', { atUserIds: ['7'], replyToSeq: 3 })], ['user:1']);
    same(sent, [['outbox', 'user:1', 'text', '@Lei look', 0]]);
  },

  'into the chat on screen it goes as what is written there does'() {
    const { sent, ...rest } = store('user:1');
    forward(rest, [text(1, 'a')], ['user:1', 'user:2']);
    same(sent.map(([by, key]) => [by, key]), [['store', 'user:1'], ['outbox', 'user:2']]);
  },

  'what was recalled, what the server said and what is not known are not forwarded'() {
    const others = [text(1, 'x', { recalled: true }), text(2, 'x', { kind: 'system' }), text(3, 'x', { kind: '' })];
    same(others.map(isForwardable), [false, false, false]);
    const { sent, ...rest } = store();
    forward(rest, [...others, text(4, 'stays')], ['user:1']);
    same(sent.map(([, , , content]) => content), ['stays']);
  },

  'not to more chats at once than the picker takes'() {
    const { sent, ...rest } = store();
    forward(rest, [text(1, 'a')], Array.from({ length: TARGETS_MAX + 5 }, (_, i) => `user:${i}`));
    same(sent.length, TARGETS_MAX);
  },
};
