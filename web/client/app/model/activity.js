/// What concerns this account and is no message: the server's list, newest first, and how much of it is new.

import { byCursor, Listing } from './listing.js';
import { Shelf, shelfOf } from './shelf.js';
import { idOf, timeOf } from './wire.js';

const SERVICE = 'activity.ActivityService';
const SINGLE = new Set(['friend-request', 'friend-accepted']);

class Activity extends Shelf {
  /// How many entries nobody has looked at, counted to 100.
  unread = 0;
  list = new Listing(
    byCursor((cursor, num) => this.#read(cursor, num).then(({ activity, next_cursor }) => ({ rows: activity?.map(toEntry), next: next_cursor }))),
    () => this.changed(),
    keyOfEntry,
  );

  /// Up to which id somebody has looked; null until the server has told it.
  #seen = null;
  #new = null;
  #watchers = 0;
  #reading = false;
  #stale = false;

  constructor(store) {
    super(store);
    this.#count();
  }

  heard(cmd, data) {
    if (cmd !== 'push.activity') return;
    this.unread = Number(data.unread ?? 0);
    this.changed();
    this.#refresh();
  }

  recovered() {
    if (this.list.begun) this.#refresh();
    else this.#count();
  }

  /// While a view watches, what it has in sight is seen, and stays marked as new until the last view is gone. Gives what
  /// ends it.
  watch() {
    if (this.#watchers++ === 0) this.#new = this.#seen;
    if (this.list.begun) this.#refresh();
    return () => this.#watchers--;
  }

  /// Whether an entry is newer than what was seen before somebody began to look.
  isNew({ id }) {
    return this.#new !== null && BigInt(id) > this.#new;
  }

  /// The list is in sight up to its newest entry: tells the server, once for each.
  async look() {
    const newest = BigInt(this.list.items[0]?.id ?? 0);
    if (this.#watchers === 0 || this.#seen === null || newest <= this.#seen) return;
    const before = this.#seen;
    this.#seen = newest;
    try {
      const { unread } = await this.request(`${SERVICE}/MarkActivitySeen`, { up_to: String(newest) });
      this.unread = Number(unread ?? 0);
      this.changed();
    } catch {
      // The next look tells it.
      if (this.#seen === newest) this.#seen = before;
    }
  }

  /// Many pushes at once are one reading, and one more for what came during it.
  async #refresh() {
    if (!this.list.begun) return;
    this.#stale = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#stale) {
      this.#stale = false;
      await this.list.again();
    }
    this.#reading = false;
  }

  async #count() {
    try {
      await this.#read('', 1);
      this.changed();
    } catch {
      // The next connection asks again.
    }
  }

  async #read(cursor, num) {
    const answer = await this.request(`${SERVICE}/ListActivity`, { cursor, num });
    this.unread = Number(answer.unread ?? 0);
    const seen = BigInt(answer.seen_id ?? 0);
    if (this.#seen === null || seen > this.#seen) this.#seen = seen;
    if (this.#watchers > 0) this.#new ??= seen;
    return answer;
  }
}

/// What tells entries apart: an entry that moves to the top has another id and is the same.
export function keyOfEntry({ id, kind, users, post, comment, group, report }) {
  return `${kind}:${comment || post || group || report || (SINGLE.has(kind) && (users[0] || id))}`;
}

/// `{id, kind, users, count, at, post, comment, group, report, excerpt}`: `kind` as the wire has it, without its prefix; ids of
/// what it is not about are ''.
function toEntry({ id, kind, user_id: users, count, at, feed_id: post, comment_id: comment, group_id: group, report_id: report, excerpt }) {
  return {
    id,
    kind: kind.replace('ACTIVITY_', '').toLowerCase().replaceAll('_', '-'),
    users: users ?? [],
    count: Number(count ?? 1),
    at: timeOf(at),
    post: idOf(post),
    comment: idOf(comment),
    group: idOf(group),
    report: idOf(report),
    excerpt: excerpt ?? '',
  };
}

export const activityOf = shelfOf(Activity);
