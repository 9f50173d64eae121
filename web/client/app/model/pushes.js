/// What each push of the server means for the store.

import { keyOf, toPushed } from './wire.js';

const MEANING = {
  'push.message': (store, data) => store.accept(toPushed(data.message)),
  'push.recall': (store, data) => store.recalled(data.conversation_id, Number(data.seq), data.user_id),
  'push.read': (store, data) => store.readBy(data.user_id, data.conversation_id, Number(data.seq)),
  'push.typing': (store, data) => store.presence.types(data.conversation_id, data.user_id),
  'push.presence': (store, data) => store.presence.told(data),
  'push.request': (store, data) => store.asked(data.conversation_id, data.user_id, Boolean(data.waiting)),
  'push.friend': (store) => store.directory.learnFriends().catch(() => {}),
  'push.profile': (store, data) => store.directory.heard(data.user_id, Number(data.version)),
  'push.sync': (store) => store.recover(),
  'push.group': (store, data) => {
    store.members.forget(data.id);
    store.directory.forget(keyOf({ groupId: data.id }));
    store.sync().catch(() => {});
  },
};

/// Others than these are for the views that listen to the store's `push`.
export function pushed(store, cmd, data) {
  MEANING[cmd]?.(store, data);
}
