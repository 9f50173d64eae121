/// What tells accounts of the same name apart.

import { html, nothing } from 'lit';

/// What tells an account apart from others of the same name; of a user or entry that has none, nothing.
export function handleOf(user) {
  return user.handle ? html`<small class="handle" dir="auto" data-testid="handle">${spelled(user.handle)}</small>` : nothing;
}

/// The name of an account together with its handle, for a sentence.
export function fullName({ nickname, handle }) {
  return handle ? `${nickname} (${spelled(handle)})` : nickname;
}

/// One that is made of the id has its own sign.
function spelled(handle) {
  return handle.startsWith('#') ? handle : `@${handle}`;
}
