/// Names and pictures of accounts and groups, asked for once and then remembered. `user` and `group` answer at once
/// with what is known and ask in the background; `changed` is called when an answer has come. A friend goes by the
/// remark that the account has given it.

import { Business, Code } from '../fault.js';
import { t } from '../i18n.js';
import { everyPart } from './paging.js';

const FRIENDS_PAGE = 64;
const NOBODY = { name: '', nickname: '', avatarUrl: '', ownerId: '' };

export class Directory {
  #request;
  #changed;
  #known = new Map();
  #asked = new Set();
  #stale = new Set();
  #remarks = new Map();

  constructor(request, changed) {
    this.#request = request;
    this.#changed = changed;
  }

  /// `{id, name, nickname, handle, avatarUrl}`; `name` is the remark where there is one, both are '' until they are known.
  /// Where there is no such account, or no more, it is `missing` and the name says so.
  user(id) {
    const entry = this.#entry(`user:${id}`, id, async () => {
      const { user } = await this.#request('user.UserService/GetUser', { id });
      return entryOfUser(user);
    });
    if (entry.missing) return { ...entry, name: t('user.deleted'), nickname: t('user.deleted') };
    const remark = this.#remarks.get(id);
    return remark ? { ...entry, name: remark } : entry;
  }

  /// `{id, name, avatarUrl, ownerId, role, closed, announcement, announcedAt}`; `role` is the account's own, `closed`
  /// whether only its owner and admins may write, `announcedAt` a time as the server writes it, '' for never.
  group(id) {
    return this.#entry(`group:${id}`, id, async () => {
      const { group } = await this.#request('group.GroupService/GetGroup', { id });
      return entryOfGroup(group);
    });
  }

  /// Takes what another answer has told.
  learnUser(user) {
    this.#stale.delete(`user:${user.id}`);
    this.#known.set(`user:${user.id}`, entryOfUser(user));
  }

  learnGroup(group) {
    this.#stale.delete(`group:${group.id}`);
    this.#known.set(`group:${group.id}`, entryOfGroup(group));
  }

  /// What a group was called that is no more.
  learnFormer(id, name) {
    const known = this.#known.get(`group:${id}`);
    if (!known?.name) this.#known.set(`group:${id}`, { ...NOBODY, ...known, id, name, nickname: name, missing: false });
  }

  /// '' takes the remark away.
  learnRemark(id, remark) {
    if (remark) this.#remarks.set(id, remark);
    else this.#remarks.delete(id);
    this.#changed();
  }

  /// Asks for the remarks of all friends.
  async learnFriends() {
    const found = new Map();
    const ask = (cursor, size) => this.#request('social.FriendService/ListFriends', { cursor, page_size: size });
    await everyPart(FRIENDS_PAGE, ask, (answer) => {
      for (const { user, remark } of answer.friend ?? []) {
        this.learnUser(user);
        if (remark) found.set(user.id, remark);
      }
      return true;
    });
    this.#remarks = found;
    this.#changed();
  }

  /// An account has this version now: what is known of an older one holds until the newer one is there.
  heard(id, version) {
    const key = `user:${id}`;
    const known = this.#known.get(key);
    if (!version || !known || known.missing || version <= known.version) return;
    this.#stale.add(key);
    this.#asked.delete(key);
    this.#changed();
  }

  /// Asks again for what could not be answered, and for a group that has changed: what is known of it holds until then,
  /// and its name also where there is no such group any more.
  forget(key) {
    if (key) this.#stale.add(key);
    this.#asked.clear();
    this.#changed();
  }

  /// What is kept over a reload, and back.
  snapshot() {
    return { known: [...this.#known].filter(([, { missing }]) => !missing), remarks: [...this.#remarks] };
  }

  restore({ known, remarks }) {
    for (const [key, kept] of known) {
      const now = this.#known.get(key);
      if (!now) this.#known.set(key, kept);
      else if (now.missing && kept.name && key.startsWith('group:')) this.#known.set(key, gone(kept));
    }
    this.#remarks = new Map(remarks);
  }

  #entry(key, id, ask) {
    const known = this.#known.get(key);
    if (id && !this.#asked.has(key) && (!known || this.#stale.has(key))) {
      this.#asked.add(key);
      this.#stale.delete(key);
      ask()
        .then((entry) => {
          this.#known.set(key, entry);
          this.#changed();
        })
        .catch((fault) => {
          if (fault.code !== Code.NOT_FOUND && fault.businessCode !== Business.NO_ID) return;
          const last = this.#known.get(key);
          // What a group was called stays; who somebody was goes with the account.
          const stays = last?.name && key.startsWith('group:');
          this.#known.set(key, stays ? gone(last) : { ...NOBODY, id, missing: true });
          this.#changed();
        });
    }
    return known ?? { ...NOBODY, id };
  }
}

/// What is still told of what there is no more.
function gone(entry) {
  return { ...entry, role: '', announcement: '' };
}

function entryOfUser(user) {
  return { id: user.id, name: user.nickname, nickname: user.nickname, handle: user.handle ?? '', avatarUrl: user.avatar_url ?? '', ownerId: '', version: Number(user.version ?? 0) };
}

function entryOfGroup(group) {
  return { id: group.id, name: group.name, nickname: group.name, avatarUrl: group.avatar_url ?? '', ownerId: group.user_id, role: group.role ?? '', closed: Boolean(group.muted), announcement: group.announcement ?? '', announcedAt: group.announced_at ?? '' };
}
