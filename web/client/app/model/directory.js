/// Names and pictures of accounts and groups, asked for once and then remembered. `user` and `group` answer at once
/// with what is known and ask in the background; `changed` is called when an answer has come.

export class Directory {
  #request;
  #changed;
  #known = new Map();
  #asked = new Set();

  constructor(request, changed) {
    this.#request = request;
    this.#changed = changed;
  }

  /// `{id, name, avatarUrl}`; the name is '' until it is known.
  user(id) {
    return this.#entry(`user:${id}`, id, async () => {
      const { user } = await this.#request('user.UserService/GetUser', { id });
      return entryOfUser(user);
    });
  }

  /// `{id, name, avatarUrl, ownerId}`.
  group(id) {
    return this.#entry(`group:${id}`, id, async () => {
      const { group } = await this.#request('group.GroupService/GetGroup', { id });
      return entryOfGroup(group);
    });
  }

  /// Takes what another answer has told.
  learnUser(user) {
    this.#known.set(`user:${user.id}`, entryOfUser(user));
  }

  learnGroup(group) {
    this.#known.set(`group:${group.id}`, entryOfGroup(group));
  }

  /// Asks again for what could not be answered, and for a group that has changed.
  forget(key) {
    if (key) this.#known.delete(key);
    this.#asked.clear();
    this.#changed();
  }

  #entry(key, id, ask) {
    const known = this.#known.get(key);
    if (!known && id && !this.#asked.has(key)) {
      this.#asked.add(key);
      ask()
        .then((entry) => {
          this.#known.set(key, entry);
          this.#changed();
        })
        .catch(() => {});
    }
    return known ?? { id, name: '', avatarUrl: '', ownerId: '' };
  }
}

function entryOfUser(user) {
  return { id: user.id, name: user.nickname, avatarUrl: user.avatar_url ?? '', ownerId: '' };
}

function entryOfGroup(group) {
  return { id: group.id, name: group.name, avatarUrl: group.avatar_url ?? '', ownerId: group.user_id };
}
