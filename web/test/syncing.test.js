import { Conversations } from '/app/model/conversations.js';
import { Syncing } from '/app/model/syncing.js';
import { fails, same, server } from './assert.js';

const conversation = (id, peer, lastSeq) => ({ id, peer_user_id: peer, group_id: '0', last_seq: String(lastSeq), unread: String(lastSeq) });

/// An archive that keeps in memory.
function memory(kept) {
  const saved = new Map(kept ? [['list', kept]] : []);
  return { saved, load: async (key) => saved.get(key), save: (key, make) => saved.set(key, make()) };
}

function make(answers, kept) {
  const { request, calls } = server(...answers);
  const archive = memory(kept);
  const conversations = new Conversations('1', () => {});
  const told = [];
  const directory = { snapshot: () => 'names', restore: (names) => told.push(names) };
  const syncing = new Syncing({ request, archive, conversations, directory, synced: ({ key }) => told.push(key) });
  return { syncing, calls, archive, conversations, told };
}

export default {
  async 'pulls until there is no more, from the cursor of the last answer'() {
    const { syncing, calls, conversations, told, archive } = make([
      { conversation: [conversation('90', '2', 1)], next_cursor: 'a', more: true },
      { conversation: [conversation('91', '3', 2)], next_cursor: 'b', more: false },
      { next_cursor: '' },
    ]);
    await Promise.all([syncing.pull(), syncing.pull()]);
    await syncing.pull();
    same(calls.map(({ data }) => data.cursor), ['', 'a', 'b']);
    same([told, conversations.unread, archive.saved.get('list').cursor], [['user:2', 'user:3'], 3, 'b']);
  },

  async 'what was kept is shown, and the next pull starts at its cursor'() {
    const first = make([{ conversation: [conversation('90', '2', 1)], next_cursor: 'a' }]);
    await first.syncing.pull();
    const again = make([{ next_cursor: 'c' }], first.archive.saved.get('list'));
    same(await again.syncing.restore(), true);
    same([again.conversations.get('user:2').id, again.told], ['90', ['names']]);
    await again.syncing.pull();
    same(again.calls[0].data.cursor, 'a');
    same(await again.syncing.restore(), false, 'what is newer stays');
  },

  async 'nothing kept is nothing to show'() {
    same(await make([]).syncing.restore(), false);
  },

  async 'a mark that the server did not get is told again, the latest only'() {
    const { syncing, calls } = make([new Error('gone'), new Error('gone'), {}]);
    await fails(() => syncing.mark({ id: '90', seq: 3 }));
    await fails(() => syncing.mark({ id: '90', seq: 4 }));
    await syncing.markAgain();
    await syncing.markAgain();
    same(calls.map(({ data }) => data.seq), ['3', '4', '4']);
  },
};
