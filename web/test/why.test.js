import { whyText } from '/app/feed/why.js';
import { same } from './assert.js';

const store = { directory: { user: (id) => ({ name: `<${id}>` }) } };
const post = (more) => ({ user_id: '1', like_count: '0', comment_count: '0', ...more });

export default {
  'a post that nobody has liked or answered is not said to be talked about'() {
    const hot = { kind: 'REASON_HOT' };
    const bare = whyText(hot, post(), store);
    const liked = whyText(hot, post({ like_count: '1' }), store);
    same(liked === whyText(hot, post({ comment_count: '2' }), store), true);
    same(bare === liked, false);
  },

  'whoever liked it too is named, the author is not'() {
    const text = whyText({ kind: 'REASON_FOLLOWED', liker_id: ['1', '2'] }, post({ like_count: '2' }), store);
    same([text.includes('<2>'), text.split('<1>').length], [true, 2]);
  },
};
