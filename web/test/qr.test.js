import { qr } from '/app/qr.js';
import { fails, same } from './assert.js';

/// What another implementation (python-qrcode 8.2, level L, mask 0, bytes) makes of the same text.
const PARLEY = `\
#######...#.#.#######
#.....#.....#.#.....#
#.###.#.#.#...#.###.#
#.###.#.....#.#.###.#
#.###.#..#.##.#.###.#
#.....#..###..#.....#
#######.#.#.#.#######
........#.#..........
###.#####.#.###...#..
#.##.#..##.#.#.#.#.##
#####.#.####.###.####
.##.##.#...###.##..#.
#####.#...##.###.#..#
........##....##.#...
#######.#.#.#...#..##
#.....#.##....#....##
#.###.#.###.#.#....##
#.###.#...##.#..#.##.
#.###.#.#.##.####.#.#
#.....#.######.....#.
#######.##.#.####..##`;

/// Text, version, and the SHA-256 of the rows as above.
const KNOWN = {
  'the longest of version 1': ['a'.repeat(17), 1, '1f2de545acfb14a9e373a0b620d285a226ea7450cd3c9d3db5e8c9b30cae1ea5'],
  'the first with an alignment pattern': ['a'.repeat(18), 2, 'b2bb937a4f3fe91641ec903538cb66158ba5203516de10b8b5ff4398f3a850d8'],
  'a link of an authenticator': [
    'otpauth://totp/Parley:Mira?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Parley', 5, '6cc1d67beec5e7d81b77f4f927c208ff4733aa4f4a390ffcedf58b6cbcaa5d51',
  ],
  'two blocks, Chinese': ['密码'.repeat(20), 6, '37861162f2a66853b8686827c385fcf8c72387c70896d5972d6a2b521cf1d2d3'],
  'the first that tells its version': ['a'.repeat(150), 7, 'a91ba7e4730adc707f573c0a6a387ca14f1441d79f547ebec988b4f48ccd5a0c'],
  'the longest with a length of 8 bits': ['a'.repeat(230), 9, '77689d53a42a80fcf3d8f8f7fc35fe83f9af53eb27eb40a35b2f09e6a118313f'],
  'the first with a length of 16 bits': ['a'.repeat(231), 10, '88cd1d39546c9f9a3361b8136641390e4b58b06d4ae36bc72638aa50863fe463'],
  'version 32, whose patterns lie at other distances': ['a'.repeat(1952), 32, 'fa833aec64271c337807f8100454dabaa3b77c8fa6427cebc1d81aa00b291939'],
  'the longest of all': ['a'.repeat(2953), 40, 'f890352347d993adbae46e25a075979afdae0acc4202a4a584c5d7f38a6596c0'],
};

const drawn = (text) => qr(text).map((row) => row.map((dark) => (dark ? '#' : '.')).join('')).join('\n');

async function sha256(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export default {
  'a short text, module by module'() {
    same(drawn('Parley'), PARLEY);
  },

  async 'what is one byte too long is refused'() {
    same((await fails(() => qr('a'.repeat(2954)))).name, 'RangeError');
  },

  ...Object.fromEntries(Object.entries(KNOWN).map(([name, [text, version, digest]]) => [name, async () => {
    same(qr(text).length, 17 + 4 * version);
    same(await sha256(drawn(text)), digest);
  }])),
};
