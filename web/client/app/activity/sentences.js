/// What an entry of the activity list says, and where it leads.

import { html } from 'lit';
import { t } from '../i18n.js';

const WHO = '\u0001';
const WHERE = '\u0002';

/// The sentence of an entry, its names marked; `nameOf(id)` is what an account is called, '' where that is not known.
export function sentence({ kind, users, count }, nameOf, groupName) {
  const names = users.map(nameOf).filter(Boolean);
  const who = actors(names, count);
  const text = t(`activity.${kind}`, { who: WHO, group: WHERE });
  return text.split(/([\u0001\u0002])/).map((part) => {
    if (part === WHO) return html`<b dir="auto">${who}</b>`;
    if (part === WHERE) return html`<b dir="auto">${groupName || t('activity.a-group')}</b>`;
    return part;
  });
}

/// "Ann", "Ann and Bob", "Ann, Bob and 3 others"; `total` is how many there are, of whom `names` are known.
export function actors(names, total) {
  const [a, b, c] = names;
  if (!a) return total > 1 ? t('activity.people', { n: total }) : t('activity.somebody');
  if (total <= 1) return a;
  if (!b) return t('activity.one-and', { a, n: total - 1, total });
  if (total === 2) return t('activity.two', { a, b });
  if (total === 3 && c) return t('activity.three', { a, b, c });
  return t('activity.two-and', { a, b, n: total - 2, total });
}

/// The address that an entry leads to; '' for none.
export function wayOf({ kind, users, post, group }) {
  switch (kind) {
    case 'followed':
      return users.length === 1 ? `#people/user/${users[0]}` : '#people/followers';
    case 'friend-request':
      return users[0] ? `#people/user/${users[0]}` : '#people/requests';
    case 'friend-accepted':
      return users[0] ? `#people/user/${users[0]}` : '';
    case 'group-invited':
    case 'group-asked':
      return `#people/group/${group}`;
    case 'group-added':
    case 'group-let-in':
      return `#group:${group}`;
    case 'report-answered':
      return '#me/reports';
    default:
      return post ? `#feed/post/${post}` : '';
  }
}
