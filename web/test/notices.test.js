import { noticeMessages } from '/app/notices.js';
import { setSound, sound, soundOn } from '/app/sounds.js';
import { same } from './assert.js';

/// A browser that allows notices, and whether its page is in front.
async function withNotices(inFront, run) {
  const shown = [];
  const before = [globalThis.Notification, document.hasFocus];
  globalThis.Notification = class {
    static permission = 'granted';
    constructor(title) {
      shown.push(title);
    }
  };
  document.hasFocus = () => inFront;
  try {
    await run(shown);
  } finally {
    globalThis.Notification = before[0];
    document.hasFocus = before[1];
  }
}

function chat({ muted = false, request = false } = {}) {
  const store = new EventTarget();
  store.me = '1';
  store.conversation = () => ({ muted, request });
  store.directory = { user: () => ({ name: 'Lei' }), group: () => ({ name: 'Hikers' }) };
  const message = { seq: 1, senderId: '2', toUserId: '1', toGroupId: '', kind: 'text', content: { content: 'hi' }, atUserIds: [] };
  noticeMessages(store);
  return (more) => store.dispatchEvent(new CustomEvent('message', { detail: { ...message, ...more } }));
}

export default {
  'a message is noticed while another window is in front, and not while this one is'() {
    return withNotices(false, async (shown) => {
      chat()();
      same(shown, ['Lei']);
      document.hasFocus = () => true;
      chat()();
      same(shown, ['Lei']);
    });
  },

  'a muted conversation is quiet unless it names the account, and so is what the server says'() {
    return withNotices(false, async (shown) => {
      const comes = chat({ muted: true });
      comes();
      comes({ toGroupId: '7', atUserIds: ['1'] });
      chat()({ toGroupId: '7', kind: 'system', content: { event: 'joined' } });
      same(shown, ['Hikers']);
    });
  },

  'a request of a stranger is quiet'() {
    return withNotices(false, async (shown) => {
      chat({ request: true })();
      same(shown, []);
    });
  },

  'there is no sound before somebody has clicked, and none once it is switched off'() {
    same(soundOn(), true);
    same(sound(), Boolean(navigator.userActivation.hasBeenActive));
    setSound(false);
    same([soundOn(), sound(1e9)], [false, false]);
    setSound(true);
    same(soundOn(), true);
  },
};
