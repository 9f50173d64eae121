/// The server's refusals in the user's language. The server's own words are for developers; what it refuses has a code,
/// and names the limit where one was met.

import { fileSize, span } from './format.js';
import { known, t } from './i18n.js';

// The console tells by the server's words why a right is not in force.
const DORMANT = '2008';
const LIMIT = /limits\.([a-z0-9_]+)(?:\D{0,8}(\d{1,16}))?/;

// What one code says for several reasons, by the server's words.
const REASONS = {
  'muted in this group': 'refusal.muted',
  'only the owner and admins may write in this group now': 'refusal.closed',
  'this account takes no messages from the caller': 'refusal.no-messages',
  'the caller may not write here now': 'refusal.no-messages',
  'the message was taken back': 'refusal.recalled',
  'there is no such invite': 'invite.none',
  'the invite has expired': 'invite.INVITE_EXPIRED',
  'the invite was revoked': 'invite.INVITE_REVOKED',
  'the invite was used up': 'invite.INVITE_USED_UP',
  'the invite is not valid any more': 'invite.INVITE_ENDED',
  'registration is by invite': 'invite.needed',
  'registration is closed': 'invite.closed',
};

/// The words for a refusal with this business code and the server's `message`: the limit that was met, with its value;
/// else the reason; else what the code means, with the server's words behind it where the code has several meanings.
export function worded(businessCode, message) {
  const [, name, value] = message.match(LIMIT) ?? [];
  if (name && known(`refusal.limits.${name}`)) {
    const text = `refusal.limits.${name}`;
    return value ? t(text, { value: inUnit(name, value), n: Number(value) }) : t(`${text}.plain`);
  }
  if (message in REASONS) return t(REASONS[message]);
  if (known(`fault.${businessCode}`)) return t(`fault.${businessCode}`);
  if (!Number(businessCode) || businessCode === DORMANT) return message;
  const general = t(known(`refusal.${businessCode}`) ? `refusal.${businessCode}` : 'fault.unknown');
  return message ? t('refusal.detail', { general, detail: message }) : general;
}

function inUnit(name, value) {
  if (/_s(_max)?$/.test(name)) return span(Number(value));
  return /bytes/.test(name) ? fileSize(value) : value;
}
