import { blocksOf, plainText } from '/app/markup.js';
import { same, truly } from './assert.js';

/// A part in short: `b(…)` for bold, and so on.
const SHORT = { bold: 'b', italic: 'i', strike: 's', spoiler: 'x', code: 'c', link: 'a' };
const part = ({ type, text, parts }) => (type === 'text' ? text : `${SHORT[type]}(${parts ? parts.map(part).join('') : text})`);
const inline = (text) => blocksOf(text).flatMap(({ parts }) => parts).map(part).join('');
const block = (each) => ({
  text: () => each.parts.map(part).join(''),
  quote: () => `>[${each.blocks.map(block).join('|')}]`,
  list: () => `-[${each.items.map(({ mark, parts }) => `${mark} ${parts.map(part).join('')}`).join('|')}]`,
  code: () => `#[${each.code}]`,
})[each.type]();
const blocks = (text) => blocksOf(text).map(block);

/// Everything that is shown, and the signs with it.
const whole = (parts) => parts.map(({ type, text, parts: inner, sign }) => (inner ? sign + whole(inner) + sign : type === 'code' ? `\`${text}\`` : text)).join('');

const INLINE = {
  'plain': 'plain',
  '**bold** and *lean* or _lean_': 'b(bold) and i(lean) or i(lean)',
  '~~gone~~ `x = *y*` ||who did it||': 's(gone) c(x = *y*) x(who did it)',
  '***both***': 'b(i(both))',
  '**bold *and lean* bold**': 'b(bold i(and lean) bold)',
  '**这是**重点，*斜体*字': 'b(这是)重点，i(斜体)字',
  'see **https://example.com/a_b_c?d=*e*** now': 'see b(a(https://example.com/a_b_c?d=*e*)) now',
  '**https://example.com/a** now': 'b(a(https://example.com/a)) now',
  '*see https://example.com/a_b_c it*': 'i(see a(https://example.com/a_b_c) it)',
  'snake_case_name, 2*3*4, 2 * 3 * 4, a || b || c': 'snake_case_name, 2*3*4, 2 * 3 * 4, a || b || c',
  '__init__ ^_^ ^_^ *_* >_< -_- T_T **** ~~~~ |||': '__init__ ^_^ ^_^ *_* >_< -_- T_T **** ~~~~ |||',
  '**never closed and *lean*': '**never closed and i(lean)',
  '*a **b* c**': 'i(a **b) c**',
  'an ` alone, and ``': 'an c( alone, and )`',
  'an ` alone\nand `': 'an ` alone\nand `',
  '**🙂**': 'b(🙂)',
};

const BLOCKS = {
  'a\nb': ['a\nb'],
  '> said\n> twice\nno': ['>[said\ntwice]', 'no'],
  '> > > > deep': ['>[>[>[> deep]]]'],
  '>_< and\n>': ['>_< and\n>'],
  '- one\n- **two**\n3. three': ['-[- one|- b(two)|3. three]'],
  'x\n```js\n**not bold**\n\n  <b>\n```\ny': ['x', '#[**not bold**\n\n  <b>]', 'y'],
  '```\nnever closed': ['```\nnever closed'],
  '```\n```': ['```\n```'],
  '> ```\n> code\n> ```': ['>[#[code]]'],
  '-5 degrees\n1.5 m': ['-5 degrees\n1.5 m'],
};

/// Random, and the same every time.
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export default {
  'signs around words form them, and all else is text'() {
    for (const [text, expected] of Object.entries(INLINE)) same(inline(text), expected, text);
  },

  'lines form blocks'() {
    for (const [text, expected] of Object.entries(BLOCKS)) same(blocks(text), expected, text);
  },

  'on one line there are no signs, and no spoiler is told'() {
    same(plainText('**Hi** _you_\n> quoted\n- a\n- b\n```\ncode  here\n```\nthe ||butler|| did'), 'Hi you quoted a, b code here the ▒▒▒ did');
    same([plainText(''), plainText('**'), plainText('2 * 3')], ['', '**', '2 * 3']);
  },

  'nothing is lost, whatever is written: ten thousand random texts give themselves again'() {
    const pick = chance(7);
    const pieces = ['*', '**', '***', '_', '__', '~~', '~', '||', '|', '`', ' ', 'a', '好', '-', '>', 'word', '(', '.', 'https://e.org/a_b', '\\', '<b>', '🙂'];
    for (let i = 0; i < 10_000; i++) {
      const text = `x${Array.from({ length: pick(24) }, () => pieces[pick(pieces.length)]).join('')}`;
      const [only, ...more] = blocksOf(text);
      same([more.length, whole(only.parts)], [0, text], text);
    }
  },

  'every line is there in order, whatever blocks it stands in'() {
    const pick = chance(11);
    const starts = ['', '', '> ', '- ', '1. ', '```', '>', '> > ', '> ```'];
    for (let i = 0; i < 3000; i++) {
      const lines = Array.from({ length: 1 + pick(9) }, (_, at) => `${starts[pick(starts.length)]}${pick(5) ? `w${at}` : ''}`);
      const shown = blocks(lines.join('\n')).join(' ').match(/w\d/g) ?? [];
      // What follows the three signs of a fence names the language.
      const wanted = lines.filter((line) => !line.includes('```')).join(' ').match(/w\d/g) ?? [];
      same(shown.filter((word) => wanted.includes(word)), wanted, lines.join('\n'));
    }
  },

  'eight thousand characters of anything take little time'() {
    const pick = chance(3);
    const signs = ['*', '**', '_', '~~', '||', '`', ' ', 'a', '\n', '> ', '```', '\n```\n', '- ', '***a'];
    const texts = [
      ...['*', '**a ', '* a', '_a ', '~~', '||x', '`', '> ', '\n', '```\n', '\n>', '- a\n', '**a *b ~~c ||d ', '> > > > ', '*a_', '[(', '@a.', '```a\n', 'https://'].map((each) => each.repeat(8000)),
      ...Array.from({ length: 40 }, () => Array.from({ length: 8000 }, () => signs[pick(signs.length)]).join('')),
    ].map((text) => text.slice(0, 8000));
    for (const text of texts) {
      const started = performance.now();
      blocksOf(text);
      const took = performance.now() - started;
      truly(took < 150, `${text.slice(0, 20)} took ${Math.round(took)} ms`);
    }
  },
};
