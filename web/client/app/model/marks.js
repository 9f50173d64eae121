/// Marks on messages: pins, which are for all of a conversation, and stars, which are the account's own. A Fault is the
/// caller's to show.

import { toMessage } from './wire.js';

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
