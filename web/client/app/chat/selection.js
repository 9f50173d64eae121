/// Which messages of a chat are selected: a Map of them by seq, never changed, always made anew.

import { stamp } from '../format.js';
import { isForwardable } from '../model/forwarding.js';
import { said } from './summary.js';

/// Messages that can be selected at a time.
export const SELECTED_MAX = 20;

/// `selected` with the message, or without it if it was in there; null if that would be too many.
export function toggled(selected, message) {
  const next = new Map(selected);
  if (!next.delete(message.seq)) next.set(message.seq, message);
  return next.size > SELECTED_MAX ? null : next;
}

/// The selected messages as they are now, oldest first, without those that were recalled since.
export function current(selected, store, chat) {
  const timeline = store.timeline(chat);
  return [...selected.values()]
    .map((message) => timeline.at(message.seq) ?? message)
    .filter(isForwardable)
    .sort((a, b) => a.seq - b.seq);
}

/// Them as text: of one its words as they were written, of several a line each with when and who.
export function textOf(messages, store) {
  if (messages.length === 1) return wordsOf(messages[0]);
  return messages
    .map((message) => `[${stamp(message.createdAt)}] ${store.directory.user(message.senderId).name}: ${wordsOf(message)}`)
    .join('\n');
}

function wordsOf(message) {
  return message.kind === 'text' ? message.content.content : said(message);
}
