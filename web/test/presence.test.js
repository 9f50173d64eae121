import { Presence } from '/app/model/presence.js';
import { same, server } from './assert.js';

export default {
  async 'asks for at most a hundred at a time, and for nobody twice'() {
    const ids = Array.from({ length: 150 }, (_, at) => String(at + 1));
    const { request, calls } = server({ presence: [{ user_id: '1', online: true, last_seen_ms: '5' }] }, {}, {});
    const presence = new Presence(request, () => {});
    await presence.ask([...ids, '']);
    await presence.ask(['1', '2']);
    same(calls.map(({ data }) => data.user_id.length), [100, 50]);
    same(presence.of('1'), { online: true, lastSeen: 5 });
    same(presence.of('99'), { online: false, lastSeen: 0 });
    await presence.ask(['1'], true);
    same(calls.length, 3);
  },

  'after a lost connection nothing is known'() {
    const presence = new Presence(server().request, () => {});
    presence.told({ user_id: '2', online: true });
    presence.forget();
    same(presence.of('2').online, false);
  },

  'whoever writes is shown until the message is there, and not by what was told late'() {
    const presence = new Presence(server().request, () => {});
    presence.types('90', '2');
    presence.types('90', '2');
    presence.types('90', '3');
    same(presence.typing('90'), ['2', '3']);
    presence.wrote('90', '2');
    presence.types('90', '2');
    same(presence.typing('90'), ['3']);
    presence.wrote('90', '3');
    same(presence.typing('90'), []);
  },

  'tells that the user writes at most every few seconds, each conversation for itself'() {
    const { request, calls } = server({}, {});
    const presence = new Presence(request, () => {});
    presence.write('90');
    presence.write('90');
    presence.write('91');
    presence.write('');
    same(calls.map(({ data }) => data.conversation_id), ['90', '91']);
  },
};
