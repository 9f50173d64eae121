/// Posts: the lists they are read in, what was done with each, and what came while nobody looked.
///
/// A list holds `{id, reason}`; the post itself, as feed.Feed, is kept once, so that a like shows in every list.

import { byCursor, Listing } from '../model/listing.js';
import { Shelf, shelfOf } from '../model/shelf.js';
import { Attachments } from './attachments.js';

const POSTS = 'feed.FeedService';
const COMMENTS = 'feedplus.CommentService';
const ROWS = 20;

class Feed extends Shelf {
  keyword = '';
  sort = 'Newest';
  lists = {
    following: this.#list('FeedFollow'),
    recommended: this.#list('FeedRecommend'),
    mine: this.#list('FeedOwn'),
    search: this.#list('FeedQuery', () => ({ keyword: this.keyword, sort: this.sort })),
  };
  /// What is being written: it waits while the user looks elsewhere.
  text = '';
  attachments = new Attachments(() => this.changed());
  /// Posts of followed accounts that came since their list was read.
  fresh = 0;
  /// Of these, what came since somebody looked at the feed. Likes and comments are activity.
  unseen = 0;

  #posts = new Map();
  #comments = new Map();
  #liking = new Set();
  #watchers = 0;

  constructor(store) {
    super(store);
    store.addEventListener('authors', () => this.#reread());
  }

  heard(cmd, data) {
    if (cmd === 'push.friend' && data.kind !== 'request') this.#reread();
    if (cmd !== 'push.feed') return;
    if (data.kind === 'posted') {
      this.fresh++;
      if (this.#watchers === 0) this.unseen++;
    } else {
      this.#again(data.id);
    }
    this.changed();
  }

  /// While a view watches, nothing counts as unseen. Gives what ends it.
  watch() {
    this.#watchers++;
    this.unseen = 0;
    this.changed();
    return () => this.#watchers--;
  }

  post(id) {
    return this.#posts.get(id);
  }

  /// The post, asked for if it is not known; throws a Fault if it is not there.
  async fetch(id) {
    const { feed } = await this.request(`${POSTS}/FeedGet`, { id });
    this.#take(feed);
    return feed;
  }

  find(keyword, sort) {
    this.keyword = keyword;
    this.sort = sort;
    return this.lists.search.again();
  }

  /// Posts what has been written.
  async publish() {
    const content = this.text.replaceAll('\r\n', '\n').trim();
    const { feed } = await this.request(`${POSTS}/FeedCreate`, { content, ...this.attachments.draft });
    this.text = '';
    this.attachments.clear();
    this.#take(feed);
    if (this.lists.mine.begun) this.lists.mine.put({ id: feed.id });
  }

  /// Changes the text and leaves pictures and video.
  async edit(post, content) {
    await this.request(`${POSTS}/FeedEdit`, { id: post.id, type: post.type, content, ...resources(post) });
    await this.fetch(post.id);
  }

  async remove(id) {
    await this.request(`${POSTS}/FeedDelete`, { id });
    this.#drop(id);
  }

  /// Shows at once what the server will have; takes it back if it refuses.
  async like(id, on) {
    if (this.#liking.has(id)) return;
    this.#liking.add(id);
    this.#liked(id, on);
    try {
      await this.request(`${POSTS}/${on ? 'FeedLike' : 'FeedUnLike'}`, { id });
    } catch (fault) {
      this.#liked(id, !on);
      throw fault;
    } finally {
      this.#liking.delete(id);
    }
  }

  report(id, reason) {
    return this.request(`${COMMENTS}/ReportFeed`, { feed_id: id, reason });
  }

  /// Comments on a post, latest first.
  comments(id) {
    let list = this.#comments.get(id);
    if (!list) {
      const ask = (cursor) =>
        this.request(`${COMMENTS}/ListComments`, { feed_id: id, cursor, num: ROWS }).then((answer) => ({ rows: answer.comment, next: answer.next_cursor }));
      list = new Listing(byCursor(ask), () => this.changed());
      this.#comments.set(id, list);
    }
    return list;
  }

  async comment(id, content, replyTo = '0') {
    const { comment } = await this.request(`${COMMENTS}/CreateComment`, { feed_id: id, content, reply_to: replyTo });
    this.comments(id).put(comment);
    this.#counted(id, 1);
  }

  async uncomment(id, commentId) {
    await this.request(`${COMMENTS}/DeleteComment`, { id: commentId });
    this.comments(id).remove(commentId);
    this.#counted(id, -1);
  }

  #list(method, more = () => ({})) {
    const ask = async (cursor) => {
      if (method === 'FeedFollow' && !cursor) this.fresh = 0;
      const answer = await this.request(`${POSTS}/${method}`, { num: ROWS, cursor, ...more() });
      const rows = (answer.feed ?? []).map(({ reason, ...post }) => {
        this.#take(post);
        return { id: post.id, reason };
      });
      return { rows, next: answer.next_cursor };
    };
    return new Listing(byCursor(ask), () => this.changed());
  }

  /// Posts of others belong to what is followed now, those of before too.
  #reread() {
    if (this.lists.following.begun) this.lists.following.again();
  }

  /// Somebody liked it or wrote under it.
  #again(id) {
    if (this.#comments.get(id)?.begun) this.#comments.get(id).again();
    if (this.#posts.has(id)) this.fetch(id).catch(() => {});
  }

  #liked(id, on) {
    const post = this.#posts.get(id);
    if (!post || post.liked === on) return;
    this.#take({ ...post, liked: on, like_count: String(Number(post.like_count) + (on ? 1 : -1)) });
  }

  #counted(id, more) {
    const post = this.#posts.get(id);
    if (post) this.#take({ ...post, comment_count: String(Math.max(0, Number(post.comment_count) + more)) });
  }

  #take(post) {
    this.#posts.set(post.id, post);
    this.changed();
  }

  #drop(id) {
    this.#posts.delete(id);
    for (const list of Object.values(this.lists)) list.remove(id);
    this.changed();
  }
}

/// What a post holds besides its text, in the form of a request.
function resources({ type, image, video }) {
  if (type === 'Image') return { resource: image.map(({ img_url: url }) => url) };
  if (type !== 'Video') return { resource: [] };
  const { video_url: url, cover_url: cover, width, height, duration } = video;
  return { resource: cover ? [url, cover] : [url], width, height, duration };
}

export const feedOf = shelfOf(Feed);
