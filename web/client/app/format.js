/// Times, sizes and lengths in the user's language.

import { language, t } from './i18n.js';

const DAY_MS = 86_400_000;

/// Hours and minutes.
export function clock(ms) {
  return new Date(ms).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
}

/// The day a message belongs to, in the local zone, as a key to compare.
export function dayOf(ms) {
  return new Date(ms).toDateString();
}

/// "Today", "Yesterday", or the date.
export function dayName(ms, now = Date.now()) {
  if (dayOf(ms) === dayOf(now)) return t('day.today');
  if (dayOf(ms) === dayOf(now - DAY_MS)) return t('day.yesterday');
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const options = { month: 'long', day: 'numeric', weekday: 'long', ...(sameYear ? {} : { year: 'numeric' }) };
  return new Date(ms).toLocaleDateString(language(), options);
}

/// The clock for today, else a short date: for lists.
export function shortTime(ms, now = Date.now()) {
  if (dayOf(ms) === dayOf(now)) return clock(ms);
  if (dayOf(ms) === dayOf(now - DAY_MS)) return t('day.yesterday');
  return new Date(ms).toLocaleDateString(language(), { month: 'numeric', day: 'numeric' });
}

/// Day, month and year.
export function longDate(ms) {
  return new Date(ms).toLocaleDateString(language(), { year: 'numeric', month: 'long', day: 'numeric' });
}

/// "Just now", minutes, hours or days ago, then the date: for posts.
export function ago(ms, now = Date.now()) {
  const minutes = Math.floor((now - ms) / 60_000);
  if (minutes < 1) return t('ago.now');
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' });
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), 'hour');
  return minutes < 7 * 24 * 60 ? relative.format(-Math.floor(minutes / 1440), 'day') : longDate(ms);
}

/// Bytes in the largest fitting unit.
export function fileSize(bytes) {
  const units = ['B', 'KB', 'MB', 'GB'];
  let size = Number(bytes) || 0;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size >= 10 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/// Seconds as m:ss.
export function duration(seconds) {
  const whole = Math.round(Number(seconds) || 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
