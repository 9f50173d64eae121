/// How an outbox item becomes a stored message: the upload if it has a file, then the call for its kind.

import * as api from '../api.js';
import { KINDS } from '../kinds/index.js';
import { savedToken } from '../session.js';
import { targetOf, timeOf } from './wire.js';

const FORMATS = { 'image/jpeg': 'JPG', 'image/png': 'PNG', 'image/gif': 'GIF' };

/// Sends `item` and gives the stored message.
export async function send(item, { request, outbox, me }) {
  let content = item.content;
  if (item.file) {
    content = imageContent(await api.uploadImage(item.file, savedToken()));
    outbox.uploaded(item.clientMessageId, content);
  }
  const { groupId, userId } = targetOf(item.key);
  const kind = KINDS[item.kind];
  const answer = await request(`message.MessageService/Send${groupId ? 'Group' : 'User'}${kind.method}Message`, {
    ...(groupId ? { to_group_id: groupId } : { to_user_id: userId }),
    [kind.field]: content,
    client_message_id: item.clientMessageId,
  });
  return {
    id: answer.id,
    conversationId: answer.conversation_id,
    seq: Number(answer.seq),
    senderId: me,
    toUserId: userId ?? '',
    toGroupId: groupId ?? '',
    kind: item.kind,
    content,
    createdAt: timeOf(answer.created_at),
    recalled: false,
    clientMessageId: item.clientMessageId,
  };
}

function imageContent({ type, url, width, height, size }) {
  return { type: 'ORIGIN', format: FORMATS[type] ?? 'OTHER', size, width, height, url };
}
