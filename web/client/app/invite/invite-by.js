/// The way to the dialog that makes links, which is loaded when it is first wanted.

import { attempt } from '../view/attempt.js';

/// `group`: `{id, name}`, or null for a link to the account itself.
export function inviteBy(store, group) {
  return attempt(store, async () => {
    const { openInviteMaker } = await import('./invite-maker.js');
    openInviteMaker(store, group);
  });
}
