/// How an outbox item becomes a stored message: the upload if it has a file, then the call for its kind.

import * as api from '../api.js';
import { KINDS } from '../kinds/index.js';
import { savedToken } from '../session.js';
import { targetOf, timeOf } from './wire.js';

/// Sends `item` and gives the stored message; `signal` stops an upload.
export async function send(item, { request, outbox, me, signal }) {
  const content = item.file ? await upload(item, outbox, signal) : item.content;
  const { groupId, userId } = targetOf(item.key);
  const kind = KINDS[item.kind];
  const answer = await request(`message.MessageService/Send${groupId ? 'Group' : 'User'}${kind.method}Message`, {
    ...(groupId ? { to_group_id: groupId, at_user_id: item.atUserIds } : { to_user_id: userId }),
    [kind.field]: content,
    reply_to_seq: String(item.replyToSeq),
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
    atUserIds: item.atUserIds,
    editedAt: 0,
    reactions: [],
    replyToSeq: item.replyToSeq,
  };
}

async function upload({ clientMessageId, kind, content, file, poster }, outbox, signal) {
  const watch = { signal, progress: (part) => outbox.progressed(clientMessageId, part) };
  const token = savedToken();
  const thumb = poster ? await api.uploadImage(poster, token, { signal }) : null;
  const stored = kind === 'image' ? await api.uploadImage(file, token, watch) : await api.uploadFile(file, token, watch);
  const made = KINDS[kind].uploaded(stored, content, thumb);
  outbox.uploaded(clientMessageId, made);
  return made;
}
