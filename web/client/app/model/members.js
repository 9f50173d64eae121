/// The members of groups, for whoever writes `@`: asked for when a group's are first wanted, and again when the group
/// has changed. With them comes until when the account itself may not write.

import { everyPart } from './paging.js';
import { timeOf } from './wire.js';

const PAGE = 64;
const MEMBERS_MAX = 1000;
const GROUPS_MAX = 10;

export class Members {
  #request;
  #directory;
  #byGroup = new Map();
  #mutedUntil = new Map();
  #me;

  constructor(request, directory, me = '') {
    this.#me = me;
    this.#request = request;
    this.#directory = directory;
  }

  /// The accounts' ids: the owner, admins, then members as they came; at most 1,000.
  async of(groupId) {
    let asked = this.#byGroup.get(groupId);
    if (!asked) {
      if (this.#byGroup.size >= GROUPS_MAX) this.#byGroup.clear();
      asked = this.#ask(groupId);
      this.#byGroup.set(groupId, asked);
      asked.catch(() => this.#byGroup.delete(groupId));
    }
    return asked;
  }

  /// Until when the account `me` may not write in a group, in milliseconds; 0 where it may, or while that is not known.
  mutedUntil(groupId) {
    return this.#mutedUntil.get(groupId) ?? 0;
  }

  forget(groupId) {
    this.#byGroup.delete(groupId);
  }

  async #ask(groupId) {
    const ids = [];
    const ask = (cursor, size) =>
      this.#request('membership.MembershipService/ListMembers', { group_id: groupId, cursor, page_size: size });
    await everyPart(PAGE, ask, (answer) => {
      for (const { user, muted_until: mutedUntil } of answer.member ?? []) {
        this.#directory.learnUser(user);
        ids.push(user.id);
        if (user.id === this.#me) this.#mutedUntil.set(groupId, timeOf(mutedUntil));
      }
      return ids.length < MEMBERS_MAX;
    });
    return ids;
  }
}
