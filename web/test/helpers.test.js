import { Business, Code, Fault } from '/app/fault.js';
import { ago, dayStart, duration, fileSize, span } from '/app/format.js';
import { language, setLanguage } from '/app/i18n.js';
import en from '/app/text/en.js';
import zhCN from '/app/text/zh-CN.js';
import { worded } from '/app/refusals.js';
import { charsOver, learnLimits, limits } from '/app/limits.js';
import { linkParts } from '/app/links.js';
import { randomId } from '/app/random.js';
import { deviceId, renewTab } from '/app/session.js';
import { same, truly } from './assert.js';

const LINKS = {
  'see https://en.wikipedia.org/wiki/Moon_(disambiguation)': ['https://en.wikipedia.org/wiki/Moon_(disambiguation)'],
  '(see https://example.com/a_(b))': ['https://example.com/a_(b)'],
  'https://example.com/?x[]=1&y=[2]': ['https://example.com/?x[]=1&y=[2]'],
  '(https://example.com/a).': ['https://example.com/a'],
  '看https://example.com/a，好': ['https://example.com/a'],
  'at www.example.com/x, or': ['https://www.example.com/x'],
  '看www.example.com': ['https://www.example.com/'],
  'mail me@example.co.uk, or (him@example.com)': ['mailto:me@example.co.uk', 'mailto:him@example.com'],
  'foowww.example.com a@b javascript:alert(1) www..com': [],
  [`${location.origin}/android/out/ is no link of this server`]: [],
  [`${location.origin}/#group:12/34`]: [`${location.origin}/#group:12/34`],
  [`${location.origin}/#invite:${'aB-_'.repeat(8)}`]: [`${location.origin}/#invite:${'aB-_'.repeat(8)}`],
  [`${location.origin}/#invite:short`]: [],
  [`${location.origin}/?x#group:12/34 ${location.origin}/#people/user/2`]: [],
  [`https://${')'.repeat(8000)}`]: [],
  ['a@'.repeat(4000)]: [],
  [`${'a.'.repeat(4000)}@`]: [],
};

export default {
  'links keep balanced brackets, leave the sentence its own, and are found in every form'() {
    for (const [text, hrefs] of Object.entries(LINKS)) {
      const parts = linkParts(text);
      same(parts.filter(({ href }) => href).map(({ href }) => href), hrefs, text.slice(0, 60));
      same(parts.map((part) => part.text).join(''), text, 'nothing of the text is lost');
    }
  },

  'sizes and lengths'() {
    same([0, 1023, 1024, 10 * 1024, 100 << 20, 3 * 1024 ** 4, 'nonsense'].map(fileSize), ['0 B', '1023 B', '1.0 KB', '10 KB', '100 MB', '3072 GB', '0 B']);
    same([0, 59.6, 61, 3600, undefined].map(duration), ['0:00', '1:00', '1:01', '60:00', '0:00']);
  },

  'a day begins at midnight, whichever was asked for before'() {
    const noon = new Date(2026, 4, 6, 12).getTime();
    const midnight = new Date(2026, 4, 6).getTime();
    same([dayStart(noon), dayStart(midnight), dayStart(midnight - 1)], [midnight, midnight, new Date(2026, 4, 5).getTime()]);
    truly(ago(noon, noon + 30_000) !== ago(noon, noon + 300_000), 'minutes are told');
  },

  'limits: nothing is too much before the server has told, and what it does not tell stays'() {
    same(charsOver('x'.repeat(100_000), Infinity), -Infinity);
    const before = { ...limits };
    learnLimits(undefined);
    same(limits, before);
    learnLimits({ text_chars: 4, image_bytes: '1024', unknown: 5 });
    same([limits.textChars, limits.imageBytes, limits.postChars], [4, 1024, before.postChars]);
    Object.assign(limits, before);
  },

  'limits: characters are code points'() {
    same([charsOver('ab🙂', 3), charsOver('', 3), charsOver('four!', 4)], [0, -3, 1]);
  },

  'random ids have the length that is wanted and differ'() {
    same([randomId().length, randomId(8).length, /^[0-9a-f]+$/.test(randomId())], [32, 16, true]);
    truly(randomId() !== randomId(), 'two are different');
  },

  'a device keeps its id until the tab is renewed'() {
    const first = deviceId();
    same([deviceId(), first.length], [first, 41]);
    renewTab();
    truly(deviceId() !== first && deviceId().slice(0, 24) === first.slice(0, 24), 'another tab of the same browser');
  },

  'faults: what may pass by itself is tried again, a full quota is not'() {
    same([Fault.offline().transient, Fault.late().transient], [true, true]);
    same(new Fault(Code.EXHAUSTED, 'busy').transient, true);
    same(new Fault(Code.EXHAUSTED, 'full', { businessCode: Business.QUOTA }).transient, false);
    same(new Fault(Code.UNAUTHENTICATED, 'no').transient, false);
  },

  'refusals are worded by their limit and its value, by their reason, or by their code'() {
    const before = language();
    setLanguage('en');
    same(worded('2107', 'limits.recall_window_s = 120 s are over'), 'A message can be recalled for 2 minutes after it was sent.');
    same(worded('2102', 'over limits.file_bytes_max of 104857600'), 'A file may have 100 MB.');
    same(worded('2102', 'the picture has 9 pixels, limits.image_pixels_max is 8'), 'A picture may have 8 pixels.');
    same(worded('2203', 'limits.group_members_max was met'), 'The group is full.');
    same(worded('2004', 'muted in this group'), 'You are muted in this group.');
    same(worded('2004', 'only somebody higher may do this'), 'You may not do this. (only somebody higher may do this)');
    same(worded('2202', 'limits.write_queue_max writes are waiting already'), 'The server is busy. Please try again in a moment.');
    same([worded('', 'said here'), worded('0', 'said here'), worded('2105', '')], ['said here', 'said here', 'This is not there any more.']);
    setLanguage('zh-CN');
    same(worded('2107', 'limits.edit_window_s = 86400 s are over'), '消息只能在发送后1天内编辑。');
    setLanguage(before);
  },

  'every limit that is worded has both forms, and every language the same keys'() {
    const limited = Object.keys(en).filter((key) => key.startsWith('refusal.limits.') && !key.endsWith('.plain'));
    truly(limited.length > 10 && limited.every((key) => `${key}.plain` in en && en[key].includes('{value}')), 'with a value and without');
    same(Object.keys(zhCN).filter((key) => !(key in en)), []);
    same(Object.keys(en).filter((key) => !(key in zhCN) && !key.endsWith('.one')), []);
  },

  'a length of time is told in the largest unit that fits'() {
    same([1, 60, 90, 7200, 86_400].map(span), ['1 second', '1 minute', '90 seconds', '2 hours', '1 day']);
  },

  async 'faults: what a proxy answers is understood, too'() {
    const refused = await Fault.fromResponse(new Response('<html>', { status: 503, headers: { 'retry-after': '2' } }));
    same([refused.code, refused.retryAfterMs, refused.transient], [Code.UNAVAILABLE, 2000, true]);
    const told = await Fault.fromResponse(new Response('{"message":"name: is taken","business_code":"9999"}', { status: 400 }));
    same([told.message, told.detail, told.businessCode, told.transient], ['Something went wrong. (name: is taken)', 'name: is taken', '9999', false]);
    same(Fault.fromFrame({ code: 8, message: 'busy', retry_after_ms: '250' }).retryAfterMs, 250);
  },
};
