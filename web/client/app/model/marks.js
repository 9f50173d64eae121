/// Marks on messages: pins, which are for all of a conversation, stars and what the account deletes for itself, which are its
/// own. A Fault is the caller's to show.

import { toMessage, withoutAll } from './wire.js';

/// Whether the account leads the group of this conversation.
export function leads(store, chat) {
  const { groupId } = store.conversation(chat);
  const group = groupId ? store.directory.group(groupId) : null;
  return Boolean(group) && (group.ownerId === store.me || group.role === 'ROLE_ADMIN');
}

/// Whether it may pin there: of two both, in a group those who lead it.
export function mayPin(store, chat) {
  const { groupId, ended } = store.conversation(chat);
  return !ended && (!groupId || leads(store, chat));
}

export async function pin(store, message, remove) {
  const answer = await store.request('chat.ChatService/PinMessage', { id: message.id, remove });
  store.accept(toMessage(answer.message));
}

export async function star(store, message, remove) {
  const answer = await store.request('chat.ChatService/StarMessage', { id: message.id, remove });
  store.accept(toMessage(answer.message));
}

/// Deletes messages for this account, on all its devices, and for nobody else.
export async function deleteForMe(store, messages) {
  await hide(store, messages, false);
  for (const message of messages) store.accept(withoutAll(message));
}

/// Brings them back, without their stars, as they are by now: the server pushes and lists them.
export async function undelete(store, messages) {
  await hide(store, messages, true);
  await store.sync();
}

function hide(store, messages, undo) {
  return store.request('chat.ChatService/HideMessages', { id: messages.map(({ id }) => id), undo });
}
