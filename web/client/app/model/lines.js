/// What the server says in a group of what became of it: messages of a kind that nobody sends.

export const LINE = 'system';

/// `{event, userIds, count, text}` of a conversation.Message's `system`; `event` without its prefix, in small letters.
export function toLine(json) {
  return {
    event: (json.event ?? '').replace('SYSTEM_EVENT_', '').toLowerCase(),
    userIds: (json.user_id ?? []).map(String),
    count: Number(json.user_count ?? 0),
    text: json.text ?? '',
  };
}

/// Whether the server said it, and no member.
export function isLine({ kind }) {
  return kind === LINE;
}

/// Whether it is one that is unread for nobody and is told to nobody.
export function isQuiet({ kind, content }) {
  return kind === LINE && content.event !== 'announced';
}
