import { sharedIn } from '/app/model/shared.js';
import { same, server } from './assert.js';

const message = (seq, content, more = {}) => ({ id: String(seq), seq: String(seq), sender_id: '2', to_user_id: '1', ...content, ...more });
const image = (seq, more) => message(seq, { image: { url: '/media/a.png' } }, more);
const seqs = (listing) => listing.items.map(({ seq }) => seq);
const listingOf = (request, wanted = () => true) => sharedIn('9', { request, wanted, changed: () => {} });

export default {
  async 'what was shared is read from the end backwards, newest first, without words and what was recalled'() {
    const { request, calls } = server(
      { message: [message(7, { text: {} }), image(8), message(9, { file: {} })] },
      { message: [image(5, { recalled: true }), message(6, { sound: {} })] },
      { message: [message(1, { video: {} })] },
    );
    const listing = listingOf(request);
    await listing.more();
    same([seqs(listing), listing.ended], [[9, 8], false]);
    await listing.more();
    await listing.more();
    same([seqs(listing), listing.ended], [[9, 8, 6, 1], true]);
    same(calls.map(({ data }) => data.before_seq), [undefined, '7', '5']);
  },

  async 'it ends where the account sees nothing older, too'() {
    const listing = listingOf(server({ message: [image(40)] }, {}).request);
    await listing.more();
    await listing.more();
    same([seqs(listing), listing.ended], [[40], true]);
  },

  async 'nothing is asked for once nobody looks'() {
    const { request, calls } = server();
    const listing = listingOf(request, () => false);
    await listing.more();
    same([calls.length, listing.ended], [0, true]);
  },
};
