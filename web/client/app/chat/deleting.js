/// Deletes messages for the user alone, and says so with a way back.

import { t } from '../i18n.js';
import { deleteForMe, undelete } from '../model/marks.js';
import { attempt } from '../view/attempt.js';

export async function deleteWithUndo(store, messages) {
  if (!(await attempt(store, () => deleteForMe(store, messages)))) return;
  store.tell(t('message.deleted', { n: messages.length }), {
    label: t('message.undo'),
    act: () => {
      store.tell('');
      attempt(store, () => undelete(store, messages));
    },
  });
}
