/// Who is a friend, who wants to be, and what accounts are to each other.

import { byCursor, Listing } from '../model/listing.js';
import { Shelf, shelfOf } from '../model/shelf.js';

const FRIENDS = 'social.FriendService';
const FOLLOWS = 'social.FollowService';

class Friends extends Shelf {
  /// Friends whose name contains `keyword`.
  keyword = '';
  list = this.#listing((cursor, page_size) =>
    this.request(`${FRIENDS}/ListFriends`, { keyword: this.keyword, cursor, page_size }).then(({ friend, next_cursor }) => {
      this.#learn(friend);
      return { rows: friend, next: next_cursor };
    }));
  incoming = this.#requests(false);
  outgoing = this.#requests(true);
  blocked = this.#people(`${FRIENDS}/ListBlocked`);
  following = this.#people(`${FOLLOWS}/ListFollowing`);
  followers = this.#people(`${FOLLOWS}/ListFollowers`);
  /// How many requests wait for this account.
  waiting = 0;

  #relations = new Map();

  constructor(store) {
    super(store);
    this.count();
  }

  heard(cmd, data) {
    if (cmd !== 'push.friend') return;
    this.#relations.delete(data.id);
    this.count();
    this.#refresh(this.list, this.incoming, this.outgoing);
    this.changed();
  }

  recovered() {
    this.#relations.clear();
    this.count();
    this.#refresh(this.list, this.incoming, this.outgoing);
  }

  async count() {
    try {
      const { pager } = await this.request(`${FRIENDS}/ListRequests`, { page: 1, page_size: 1 });
      this.waiting = Number(pager?.total_rows ?? 0);
      this.changed();
    } catch {
      // The next connection asks again.
    }
  }

  find(keyword) {
    this.keyword = keyword;
    return this.list.again();
  }

  /// What `id` is to this account, as social.Relation; null until it is known.
  relation(id) {
    const known = this.#relations.get(id);
    if (known === undefined) {
      this.#relations.set(id, null);
      this.#learnRelation(id);
    }
    return known ?? null;
  }

  /// Whether they are friends now; else the request waits.
  async ask(id, note) {
    const { friend } = await this.#act(id, `${FRIENDS}/RequestFriend`, { note });
    this.#refresh(this.outgoing);
    return friend;
  }

  async accept(id) {
    await this.#act(id, `${FRIENDS}/AcceptFriend`);
    this.#answered(id);
  }

  async refuse(id) {
    await this.#act(id, `${FRIENDS}/RefuseFriend`);
    this.#answered(id);
  }

  /// Ends a friendship, or takes a request back.
  async remove(id) {
    await this.#act(id, `${FRIENDS}/RemoveFriend`);
    this.#refresh(this.list, this.outgoing);
  }

  async remark(id, remark) {
    await this.#act(id, `${FRIENDS}/SetRemark`, { remark });
    this.store.directory.learnRemark(id, remark);
    this.#refresh(this.list);
  }

  async follow(id, on) {
    await this.#act(id, `${FOLLOWS}/${on ? 'Follow' : 'Unfollow'}`);
    this.#refresh(this.following);
    this.store.dispatchEvent(new Event('authors'));
  }

  async block(id, on) {
    await this.#act(id, `${FRIENDS}/${on ? 'Block' : 'Unblock'}`);
    this.count();
    this.#refresh(this.blocked, this.list, this.incoming, this.outgoing, this.following, this.followers);
  }

  /// Whether a friend is online, as far as it lets this account see.
  online(id) {
    return this.store.presence.of(id).online;
  }

  async #act(id, cmd, more = {}) {
    try {
      return await this.request(cmd, { user_id: id, ...more });
    } finally {
      await this.#learnRelation(id);
    }
  }

  async #learnRelation(id) {
    try {
      const { relation } = await this.request(`${FRIENDS}/GetRelation`, { user_id: id });
      this.#relations.set(id, relation);
    } catch {
      // Not known, and not asked for again until the next connection.
    }
    this.changed();
  }

  #answered(id) {
    this.incoming.remove(id);
    this.count();
    this.#refresh(this.list);
  }

  /// Only what somebody looks at, or has looked at, is read again.
  #refresh(...lists) {
    for (const list of lists) if (list.begun) list.again();
  }

  #learn(friends = []) {
    for (const { user, remark } of friends) {
      this.store.directory.learnUser(user);
      this.store.directory.learnRemark(user.id, remark);
    }
    this.store.presence.ask(friends.map(({ user }) => user.id)).catch(() => {});
  }

  #requests(outgoing) {
    return this.#listing((cursor, page_size) =>
      this.request(`${FRIENDS}/ListRequests`, { outgoing, cursor, page_size }).then(({ request, next_cursor }) => ({ rows: request, next: next_cursor })));
  }

  #people(cmd) {
    return this.#listing((cursor, page_size) =>
      this.request(cmd, { cursor, page_size }).then(({ user, next_cursor }) => ({
        rows: (user ?? []).map((each) => ({ user: each })),
        next: next_cursor,
      })));
  }

  #listing(ask) {
    return new Listing(byCursor(ask), () => this.changed(), ({ user }) => user.id);
  }
}

export const friendsOf = shelfOf(Friends);
