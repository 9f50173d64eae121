/// QR codes (ISO/IEC 18004), as far as a link needs them: bytes, the lowest level of error correction, any size.

/// For each version from 1 on: error correction codewords of a block, and how many blocks there are.
const CORRECTION = [
  7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  30, 30, 30, 30,
];
const BLOCKS = [
  1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
];
const LEVEL = 1;
/// The code of `text` as rows of booleans, true for dark, without the quiet zone of four modules around it.
export function qr(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = 1 + BLOCKS.findIndex((_, at) => bits(bytes.length, at + 1) <= 8 * room(at + 1));
  if (version === 0) throw new RangeError('too long for a QR code');
  const drawn = frame(version);
  place(drawn, interleaved(padded(bytes, version), version));
  return masked(drawn);
}

function bits(length, version) {
  return 4 + (version < 10 ? 8 : 16) + 8 * length;
}

/// Codewords of data and correction together.
function whole(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const align = Math.floor(version / 7) + 2;
    modules -= (25 * align - 10) * align - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

function room(version) {
  return whole(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
}

function padded(bytes, version) {
  const stream = [];
  const put = (value, count) => {
    for (let at = count - 1; at >= 0; at--) stream.push((value >> at) & 1);
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((each) => put(each, 8));
  put(0, Math.min(4, 8 * room(version) - stream.length));
  while (stream.length % 8) stream.push(0);
  const words = [];
  for (let at = 0; at < stream.length; at += 8) words.push(parseInt(stream.slice(at, at + 8).join(''), 2));
  for (let pad = 0xec; words.length < room(version); pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/// Each block with its correction, then a codeword of each in turn. Earlier blocks may be one shorter.
function interleaved(words, version) {
  const count = BLOCKS[version - 1];
  const correction = CORRECTION[version - 1];
  const short = Math.floor(words.length / count);
  const shorter = count - (words.length % count);
  const blocks = [];
  for (let at = 0, block = 0; block < count; block++) {
    const data = words.slice(at, (at += short + (block < shorter ? 0 : 1)));
    blocks.push({ data, more: remainder(data, generator(correction)) });
  }
  const all = [];
  for (let at = 0; at <= short; at++) blocks.forEach(({ data }) => at < data.length && all.push(data[at]));
  for (let at = 0; at < correction; at++) blocks.forEach(({ more }) => all.push(more[at]));
  return all;
}

/// In the field of 256 elements with the polynomial 0x11d.
function times(a, b) {
  let product = 0;
  for (let at = 7; at >= 0; at--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> at) & 1) * a);
  return product;
}

function generator(degree) {
  const made = [...new Array(degree - 1).fill(0), 1];
  for (let root = 1, step = 0; step < degree; step++, root = times(root, 2)) {
    made.forEach((each, at) => (made[at] = times(each, root) ^ (made[at + 1] ?? 0)));
  }
  return made;
}

function remainder(data, divisor) {
  const rest = new Array(divisor.length).fill(0);
  for (const each of data) {
    const factor = each ^ rest.shift();
    rest.push(0);
    divisor.forEach((coefficient, at) => (rest[at] ^= times(coefficient, factor)));
  }
  return rest;
}

/// What is the same in all codes of a version; null is still free.
function frame(version) {
  const size = 17 + 4 * version;
  const rows = Array.from({ length: size }, () => new Array(size).fill(null));
  const set = (x, y, dark) => rows[y]?.[x] !== undefined && (rows[y][x] = dark);
  for (let at = 0; at < size; at++) {
    rows[6][at] = at % 2 === 0;
    rows[at][6] = at % 2 === 0;
  }
  for (const [left, top] of [[0, 0], [size - 7, 0], [0, size - 7]]) {
    for (let y = -1; y <= 7; y++) for (let x = -1; x <= 7; x++) set(left + x, top + y, ring(x, y));
  }
  const centres = alignment(version, size);
  const last = centres.length - 1;
  centres.forEach((x, i) => centres.forEach((y, j) => {
    if ((i === 0 && (j === 0 || j === last)) || (i === last && j === 0)) return;
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }));
  format(rows);
  if (version >= 7) {
    let rest = version;
    for (let at = 0; at < 12; at++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
    const data = (version << 12) | rest;
    for (let at = 0; at < 18; at++) {
      const dark = ((data >> at) & 1) === 1;
      set(size - 11 + (at % 3), Math.floor(at / 3), dark);
      set(Math.floor(at / 3), size - 11 + (at % 3), dark);
    }
  }
  return rows;
}

function ring(x, y) {
  if (x < 0 || y < 0 || x > 6 || y > 6) return false;
  const from = Math.max(Math.abs(x - 3), Math.abs(y - 3));
  return from !== 2;
}

function alignment(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : 2 * Math.ceil((version * 4 + 4) / (count * 2 - 2));
  const centres = [];
  for (let at = size - 7; centres.length < count - 1; at -= step) centres.unshift(at);
  return [6, ...centres];
}

function format(rows) {
  const size = rows.length;
  const data = LEVEL << 3;
  let rest = data;
  for (let at = 0; at < 10; at++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const word = ((data << 10) | rest) ^ 0x5412;
  for (let at = 0; at < 15; at++) {
    const dark = ((word >> at) & 1) === 1;
    if (at < 6) rows[at][8] = dark;
    else if (at < 8) rows[at + 1][8] = dark;
    else if (at === 8) rows[8][7] = dark;
    else rows[8][14 - at] = dark;
    if (at < 8) rows[8][size - 1 - at] = dark;
    else rows[size - 15 + at][8] = dark;
  }
  rows[size - 8][8] = true;
}

/// From the lower right corner in pairs of columns, up and down in turn, around what is there. Data are 0 and 1 until
/// they are masked.
function place(rows, words) {
  const size = rows.length;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const up = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (rows[y][x] !== null) continue;
        rows[y][x] = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
        at++;
      }
    }
  }
}

/// With the checkerboard of mask 0: scanners undo any, and only print gains by the best.
function masked(drawn) {
  return drawn.map((row, y) => row.map((each, x) => (typeof each === 'number' ? (each === 1) !== ((x + y) % 2 === 0) : each)));
}
