/// From the wire's JSON to what the client keeps. Ids stay strings (63 bits do not fit a number); a seq counts one
/// conversation's messages and is kept as a number.

import { kindOf } from '../kinds/index.js';
import { LINE, toLine } from './lines.js';

/// A conversation's key in this client: `user:<id>` or `group:<id>`. It is known before the server has given the
/// conversation an id, and it is what the address bar shows.
export function keyOf({ groupId, userId }) {
  return groupId ? `group:${groupId}` : `user:${userId}`;
}

/// The other way round.
export function targetOf(key) {
  const [kind, id] = key.split(':');
  return kind === 'group' ? { groupId: id } : { userId: id };
}

/// A conversation.Message. `kind` is '' for a content that this client does not know, LINE for what the server says; `editedAt` is 0 for never;
/// `replyToSeq` is 0 for none;
/// `senderVersion` is the version of its sender that the server told with it, 0 for none;
/// `hidden` is whether the account has deleted it for itself: then there is nothing of it to show;
/// `pinnedAt` is 0 while it is not pinned; `starred` is whether the account has starred it;
/// `recalledBy` is who took it back where that was not its sender, else ''; `reactions` are `{symbol, count, userIds}`, at most the first 20 who gave it.
export function toMessage(json) {
  const kind = kindOf(json);
  return {
    id: json.id,
    conversationId: json.conversation_id,
    seq: Number(json.seq),
    senderId: json.sender_id,
    senderVersion: Number(json.sender_version ?? 0),
    toUserId: idOf(json.to_user_id),
    toGroupId: idOf(json.to_group_id),
    kind: json.system ? LINE : (kind?.field ?? ''),
    content: json.system ? toLine(json.system) : ((kind && json[kind.field]) ?? {}),
    createdAt: timeOf(json.created_at),
    recalled: Boolean(json.recalled) && !json.hidden,
    hidden: Boolean(json.hidden),
    recalledBy: idOf(json.recalled_by),
    clientMessageId: json.client_message_id ?? '',
    atUserIds: (json.at_user_id ?? []).map(String),
    editedAt: timeOf(json.edited_at),
    reactions: (json.reaction ?? []).map(({ symbol, count, user_id: userIds }) => ({
      symbol,
      count: Number(count),
      userIds: (userIds ?? []).map(String),
    })),
    replyToSeq: Number(json.reply_to_seq ?? 0),
    pinnedAt: timeOf(json.pinned_at),
    starred: Boolean(json.starred),
  };
}

/// A message that was pushed: to several accounts, so that `starred` is undefined where the push does not tell it.
export function toPushed(json) {
  return { ...toMessage(json), starred: json.starred };
}

const ENDED = { STANDING_LEFT: 'left', STANDING_REMOVED: 'removed', STANDING_DISSOLVED: 'dissolved', STANDING_OUT: 'out' };

/// A conversation.Conversation. `lastChange` is a cursor and stays a string; `request`: a stranger began it and waits to be
/// accepted. `ended` is how the account came out of the
/// group: 'left', 'removed', 'dissolved', 'out' where nobody knows, '' while it is in. `formerName` is what
/// a dissolved group was called, '' for others.
export function toConversation(json) {
  const target = { userId: idOf(json.peer_user_id), groupId: idOf(json.group_id) };
  return {
    ...target,
    key: keyOf(target),
    id: json.id,
    lastSeq: Number(json.last_seq ?? 0),
    readSeq: Number(json.read_seq ?? 0),
    unread: Number(json.unread ?? 0),
    mentioned: Number(json.mentioned ?? 0),
    lastMessage: json.last_message ? toMessage(json.last_message) : null,
    updatedAt: timeOf(json.updated_at),
    peerReadSeq: Number(json.peer_read_seq ?? 0),
    lastChange: idOf(json.last_change) || '0',
    pinned: Boolean(json.pinned),
    muted: Boolean(json.muted),
    hidden: Boolean(json.hidden),
    request: Boolean(json.request),
    ended: ENDED[json.standing] ?? '',
    formerName: json.former_name ?? '',
  };
}

/// A message after `by` took it back.
export function withoutContent(message, by) {
  return { ...message, recalled: true, recalledBy: by === message.senderId ? '' : by, content: {}, reactions: [], pinnedAt: 0, starred: false };
}

/// A message that this account has deleted for itself.
export function withoutAll(message) {
  return { ...message, hidden: true, kind: '', content: {}, reactions: [], replyToSeq: 0, pinnedAt: 0, starred: false };
}

/// The conversation that `message` belongs to, as the account `me` sees it.
export function keyOfMessage(message, me) {
  if (message.toGroupId) return keyOf({ groupId: message.toGroupId });
  return keyOf({ userId: message.senderId === me ? message.toUserId : message.senderId });
}

export function timeOf(timestamp) {
  return timestamp ? Date.parse(timestamp) : 0;
}

/// Whether the decimal cursor `a` is beyond `b`.
export function beyond(a, b) {
  return BigInt(a || 0) > BigInt(b || 0);
}

/// proto3 JSON writes an unset id as "0".
/// '' stands for none.
export function idOf(id) {
  return id && id !== '0' ? String(id) : '';
}
