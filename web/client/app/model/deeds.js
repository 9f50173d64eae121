/// What the user does to messages and conversations. Each asks the server and gives its answer to the store; a Fault is
/// the caller's to show.

import { toMessage, keyOfMessage } from './wire.js';

const READERS_MAX = 100;

export async function recall(store, message) {
  await store.request('conversation.ConversationService/Recall', { id: message.id });
  store.recalled(message.conversationId, message.seq, store.me);
}

export async function edit(store, message, content) {
  const answer = await store.request('chat.ChatService/EditMessage', { id: message.id, content });
  store.accept(toMessage(answer.message));
}

/// Puts `symbol` under a message, or takes the user's own away.
export async function react(store, message, symbol) {
  const given = message.reactions.find((each) => each.symbol === symbol);
  const remove = Boolean(given?.userIds.includes(store.me));
  const answer = await store.request('chat.ChatService/React', { id: message.id, symbol, remove });
  store.accept(toMessage(answer.message));
}

/// `change` is a part of `{pinned, muted, hidden}`.
export async function arrange(store, conversation, change) {
  const { id, key, pinned, muted, hidden } = conversation;
  const settings = { pinned, muted, hidden, ...change };
  await store.request('chat.ChatService/SetConversation', { conversation_id: id, ...settings });
  store.arranged(key, settings);
}

/// Makes what a stranger began an ordinary conversation.
export async function acceptRequest(store, { id, userId }) {
  await store.request('chat.ChatService/AcceptRequest', { conversation_id: id });
  store.asked(id, userId, false);
}

/// Who has read a message, at most 100: `{count, userIds}`.
export async function readers(store, message) {
  const answer = await store.request('chat.ChatService/ListReaders', { id: message.id, page: 1, page_size: READERS_MAX });
  const userIds = (answer.user_id ?? []).map(String);
  return { count: Number(answer.pager?.total_rows ?? userIds.length), userIds };
}

/// Searches messages of all conversations, or of the one with the id `within`. Gives `{found, cursor}` with found of `{key, message}`, after as many calls
/// as it takes to find something; cursor is '' when all was read. `wanted()` turns false when nobody waits any more.
export async function search(store, { keyword, within = '', cursor, wanted }) {
  let found = [];
  do {
    const answer = await store.request('chat.ChatService/SearchMessages', { keyword, conversation_id: within || '0', cursor, limit: 20 });
    found = (answer.message ?? []).map(toMessage);
    cursor = answer.next_cursor ?? '';
  } while (found.length === 0 && cursor && wanted());
  return { found: found.map((message) => ({ key: keyOfMessage(message, store.me), message })), cursor };
}
