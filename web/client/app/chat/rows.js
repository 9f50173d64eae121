/// What a chat shows, top to bottom: messages and items on their way out, with lines between days and before the
/// first unread message.

import { dayStart } from '../format.js';
import { isLine, isQuiet } from '../model/lines.js';

const TOGETHER_MS = 5 * 60_000;

/// Rows `{id, type: 'day' | 'unread' | 'message', …}`. A message row carries `message` or `waiting` (an outbox item),
/// `mine`, and `joined`: it follows one of the same sender at once and needs no name. `id` stays the same when an
/// item becomes a message.
export function rowsOf(messages, waiting, unreadAfter, me) {
  const rows = [];
  let last = null;
  let marked = false;
  for (const message of messages) {
    if (message.hidden) continue;
    const mine = message.senderId === me;
    if (!marked && !mine && !isQuiet(message) && message.seq > unreadAfter) {
      marked = true;
      last = startDay(rows, last, message.createdAt);
      rows.push({ id: 'unread', type: 'unread' });
      last = { createdAt: message.createdAt, senderId: '' };
    }
    last = startDay(rows, last, message.createdAt);
    const id = mine && message.clientMessageId ? `c${message.clientMessageId}` : `s${message.seq}`;
    rows.push({ id, type: 'message', message, mine, joined: together(last, message) });
    last = message.recalled || isLine(message) ? { createdAt: message.createdAt, senderId: '' } : message;
  }
  for (const item of waiting) {
    const as = { createdAt: item.createdAt, senderId: me };
    last = startDay(rows, last, item.createdAt);
    rows.push({ id: `c${item.clientMessageId}`, type: 'message', waiting: item, mine: true, joined: together(last, as) });
    last = as;
  }
  return rows;
}

function startDay(rows, last, createdAt) {
  if (last && dayStart(last.createdAt) === dayStart(createdAt)) return last;
  rows.push({ id: `d${dayStart(createdAt)}`, type: 'day', createdAt });
  return { createdAt, senderId: '' };
}

function together(last, next) {
  return last.senderId === next.senderId && !next.recalled && !next.replyToSeq && next.createdAt - last.createdAt < TOGETHER_MS;
}
