/// Points in time, in the operator's language and zone.

import { language } from '/app/i18n.js';

/// Date and time to the minute; '' for none.
export function dateTime(at) {
  return at ? new Date(at).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' }) : '';
}

/// The same to the second.
export function exactTime(at) {
  return at ? new Date(at).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'medium' }) : '';
}
