/// The signs that give a text its form, such as `**bold**`. The wire carries plain text; what is not a sign of a pair
/// that is whole stays text, so nothing of a message is ever lost. The time is linear in the length of the text.
///
/// Blocks are `{type, …}`: `text` with `parts`; `quote` with `blocks`, lines that begin with `> `; `list` with `items`,
/// each `{mark, parts}`, lines that begin with `- `, `* ` or a number; `code` with `code`, the lines between two that
/// begin with three backticks. Parts are `{type: 'text', text}`, `{type: 'link', text, href}`, `{type: 'code', text}`, and
/// with `parts` and `sign`: `bold` (`**`), `italic` (`*` or `_`), `strike` (`~~`) and `spoiler` (`||`). A sign opens where a word
/// begins and closes where one ends. Quotes nest three deep, parts eight.

import { linkParts } from './links.js';

const QUOTES_MAX = 3;
const DEPTH_MAX = 8;
const FENCE = '```';
const QUOTE = /^>( |$)/;
const ITEM = /^([-*•]|\d{1,3}[.)]) +(?=\S)/;
const SIGNS = { '**': 'bold', '*': 'italic', _: 'italic', '~~': 'strike', '||': 'spoiler' };
// These stand in names, sums and faces, too: beside them a sign needs a space, punctuation or another sign, or a script
// that puts no space around words.
const STRICT = { '*': true, _: true };
const HOLDS = /[A-Za-z0-9\u00c0-\u024f\u0370-\u1fff^=+\-/\\@#$%&<]/;
const SAID = /[\p{L}\p{N}\p{S}]/u;

/// The blocks of `text`, in order.
export function blocksOf(text, depth = 0) {
  const blocks = [];
  const lines = text.split('\n');
  let plain = [];
  const flush = () => {
    if (plain.length > 0) blocks.push({ type: 'text', parts: partsOf(plain.join('\n')) });
    plain = [];
  };
  // The fences from here on, so that one without an end is looked for once.
  const lastFence = lines.findLastIndex((line) => line.startsWith(FENCE));
  for (let i = 0; i < lines.length; ) {
    const [end, block] = special(lines, i, lastFence, depth);
    if (!block) plain.push(...lines.slice(i, end));
    else {
      flush();
      blocks.push(block);
    }
    i = end;
  }
  flush();
  return blocks;
}

/// The text of a message on one line, without its signs; what is behind a spoiler is not told.
export function plainText(text) {
  return blocksOf(text).map(saidBy).join(' ').replace(/\s+/g, ' ').trim();
}

/// `[end, block]` of the lines from `i` to before `end`; `block` is null where they are plain text.
function special(lines, i, lastFence, depth) {
  const line = lines[i];
  if (line.startsWith(FENCE) && i < lastFence) {
    let end = i + 1;
    while (!lines[end].startsWith(FENCE)) end++;
    const only = end - i - 1;
    if (only > 0 && lines[end].trim() === FENCE) return [end + 1, { type: 'code', code: lines.slice(i + 1, end).join('\n') }];
  } else if (QUOTE.test(line) && depth < QUOTES_MAX) {
    let end = i + 1;
    while (QUOTE.test(lines[end] ?? '')) end++;
    const inner = lines.slice(i, end).map((each) => each.replace(/^> ?/, ''));
    if (inner.some((each) => each.trim())) return [end, { type: 'quote', blocks: blocksOf(inner.join('\n'), depth + 1) }];
    return [end, null];
  } else if (ITEM.test(line)) {
    const items = [];
    let end = i;
    for (let found; (found = lines[end]?.match(ITEM)); end++) {
      items.push({ mark: found[1], parts: partsOf(lines[end].slice(found[0].length)) });
    }
    return [end, { type: 'list', items }];
  }
  return [i + 1, null];
}

/// The parts of a text without blocks. Code and links come first: a sign inside them is no sign.
function partsOf(text) {
  const tokens = [];
  for (const [i, piece] of codeParts(text).entries()) {
    if (i % 2 === 1) tokens.push({ type: 'code', text: piece });
    else tokens.push(...linkParts(piece).flatMap((part, at, all) => (part.href ? [{ type: 'link', ...part }] : signsIn(part.text, all[at - 1], all[at + 1]))));
  }
  return paired(tokens);
}

/// Text, code, text, … : what stands between two backticks on one line is code.
function codeParts(text) {
  const parts = [];
  let from = 0;
  for (const { index, 0: all, 1: code } of text.matchAll(/`([^`\n]+)`/g)) {
    parts.push(text.slice(from, index), code);
    from = index + all.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/// Text and signs, each sign with whether it may open or close something.
///
/// `left` and `right`: the links that the text stands between, as words do.
function signsIn(text, left, right) {
  const tokens = [];
  let from = 0;
  for (const { index, 0: run } of text.matchAll(/\*+|_+|~+|\|+/g)) {
    const signs = run === '***' ? ['**', '*'] : run in SIGNS ? [run] : [];
    if (signs.length === 0) continue;
    const before = text[index - 1] ?? left?.text.at(-1) ?? ' ';
    const after = text[index + run.length] ?? right?.text[0] ?? ' ';
    const loose = !(signs.at(-1) in STRICT);
    const opens = /\S/.test(after) && (loose || !HOLDS.test(before));
    const closes = /\S/.test(before) && (loose || !HOLDS.test(after));
    if (index > from) tokens.push({ type: 'text', text: text.slice(from, index) });
    if (!opens) signs.reverse();
    for (const sign of signs) tokens.push({ type: 'sign', text: sign, opens, closes });
    from = index + run.length;
  }
  if (from < text.length) tokens.push({ type: 'text', text: text.slice(from) });
  return tokens;
}

/// Puts what stands between two signs into a part. `levels` are the signs that wait for their partner, outermost first;
/// one that gets none, because what is around it closes or the text ends, is text, and so is a pair around no word.
function paired(tokens) {
  const levels = [{ sign: '', parts: [], said: false }];
  const put = (part) => {
    const level = levels.at(-1);
    const last = level.parts.at(-1);
    level.said ||= part.type !== 'text' || SAID.test(part.text);
    if (part.type === 'text' && last?.type === 'text') last.text += part.text;
    else level.parts.push(part);
  };
  const giveUp = () => {
    const { sign, parts } = levels.pop();
    put({ type: 'text', text: sign });
    parts.forEach(put);
  };
  for (const token of tokens) {
    const at = token.type === 'sign' ? levels.findLastIndex(({ sign }) => sign === token.text) : -1;
    if (token.type !== 'sign') put({ ...token });
    else if (token.closes && at > 0 && levels.slice(at).some(({ said }) => said)) {
      while (levels.length > at + 1) giveUp();
      const { sign, parts } = levels.pop();
      put({ type: SIGNS[sign], sign, parts });
    } else if (token.opens && at < 0 && levels.length <= DEPTH_MAX) levels.push({ sign: token.text, parts: [], said: false });
    else put({ type: 'text', text: token.text });
  }
  while (levels.length > 1) giveUp();
  return levels[0].parts;
}

function saidBy(block) {
  if (block.type === 'code') return block.code;
  if (block.type === 'quote') return block.blocks.map(saidBy).join(' ');
  if (block.type === 'list') return block.items.map(({ parts }) => parts.map(saidIn).join('')).join(', ');
  return block.parts.map(saidIn).join('');
}

function saidIn(part) {
  if (part.type === 'spoiler') return '▒'.repeat(3);
  return part.parts ? part.parts.map(saidIn).join('') : part.text;
}
