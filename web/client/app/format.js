/// Times, sizes and lengths in the user's language.

import { language, t } from './i18n.js';

const DAY_MS = 86_400_000;

const formats = new Map();

// Whoever reads 24 hours elsewhere reads them here, in whatever language.
const { hourCycle } = new Intl.DateTimeFormat(navigator.language, { hour: 'numeric' }).resolvedOptions();
const CLOCK = { hour: hourCycle === 'h12' || hourCycle === 'h11' ? 'numeric' : '2-digit', minute: '2-digit', hourCycle };

/// The browser's own kind of the language that is shown (en-GB, zh-TW), else the language.
function locale() {
  const [base] = language().split('-');
  return navigator.languages.find((code) => code.split('-')[0] === base) ?? language();
}

/// Hours and minutes.
export function clock(ms) {
  return format(CLOCK).format(ms);
}

/// When the day of `ms` began in the local zone: a key to compare. Lists ask for one message after the other, so the
/// day that was asked for last is remembered.
export function dayStart(ms) {
  if (ms < day.from || ms >= day.to) {
    const from = new Date(ms);
    from.setHours(0, 0, 0, 0);
    const to = new Date(from);
    to.setDate(to.getDate() + 1);
    day = { from: from.getTime(), to: to.getTime() };
  }
  return day.from;
}

let day = { from: 0, to: 0 };

/// "Today", "Yesterday", or the date.
export function dayName(ms, now = Date.now()) {
  const near = nearDay(ms, now);
  if (near) return near;
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return format({ month: 'long', day: 'numeric', weekday: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(ms);
}

/// The clock for today, else a short date: for lists.
export function shortTime(ms, now = Date.now()) {
  if (dayStart(ms) === dayStart(now)) return clock(ms);
  return nearDay(ms, now) || format({ month: 'numeric', day: 'numeric' }).format(ms);
}

/// Day, month and year.
export function longDate(ms) {
  return format({ year: 'numeric', month: 'long', day: 'numeric' }).format(ms);
}

/// "Just now", minutes, hours or days ago, then the date: for posts.
export function ago(ms, now = Date.now()) {
  const minutes = Math.floor((now - ms) / 60_000);
  if (minutes < 1) return t('ago.now');
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
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

/// A length of time in the largest unit that gives a whole number, such as "2 minutes".
export function span(seconds) {
  const units = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const [unit, length] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? units[3];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length);
}

/// The clock for today, else the date with it: for something that ends then.
export function moment(ms, now = Date.now()) {
  if (dayStart(ms) === dayStart(now)) return clock(ms);
  return format({ month: 'long', day: 'numeric', ...CLOCK }).format(ms);
}

/// The date with its year, and the clock: for what is read elsewhere and later.
export function stamp(ms) {
  return format({ year: 'numeric', month: 'numeric', day: 'numeric', ...CLOCK }).format(ms);
}

function nearDay(ms, now) {
  if (dayStart(ms) === dayStart(now)) return t('day.today');
  if (dayStart(ms) === dayStart(now - DAY_MS)) return t('day.yesterday');
  return '';
}

/// Making a format costs far more than using it.
function format(options) {
  const key = language() + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale(), options)));
  return made;
}
