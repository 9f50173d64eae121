/// The own account: what only it may see and change of itself.

import { Listing } from '../model/listing.js';
import { Shelf, shelfOf } from '../model/shelf.js';

class Account extends Shelf {
  /// profile.Profile; null until it is known.
  profile = null;
  /// social.Privacy; null until it is known.
  privacy = null;
  /// Where the account is logged in, newest first.
  sessions = new Listing(
    async () => ({ rows: (await this.request('session.SessionService/ListSessions')).session ?? [], next: null }),
    () => this.changed(),
  );

  constructor(store) {
    super(store);
    this.recovered();
  }

  recovered() {
    this.#learn().catch(() => {});
    if (this.sessions.begun) this.sessions.again();
  }

  get admin() {
    return this.profile?.right?.includes('admin') ?? false;
  }

  /// `change` of `{nickname, gender, extra}`; what is missing stays.
  async update(change) {
    const { profile } = await this.request('profile.ProfileService/UpdateProfile', change);
    this.#take(profile);
  }

  async setAvatar(url) {
    await this.request('user.UserService/UpdateAvatar', { url });
    await this.#learn();
  }

  /// Ends every other session of the account.
  async setPassword(password, repeated, current) {
    await this.request('user.UserService/UpdatePassword', { password, password_rpt: repeated, current_password: current });
    if (this.sessions.begun) this.sessions.again();
  }

  async end(id) {
    await this.request('session.SessionService/EndSession', { id });
    this.sessions.remove(id);
  }

  /// `change` of `{friend_policy, presence_policy, group_policy}`.
  async setPrivacy(change) {
    const before = this.privacy;
    this.privacy = { ...before, ...change };
    this.changed();
    try {
      await this.request('social.FriendService/SetPrivacy', { privacy: this.privacy });
    } catch (fault) {
      this.privacy = before;
      this.changed();
      throw fault;
    }
  }

  async #learn() {
    const [{ profile }, { privacy }] = await Promise.all([
      this.request('profile.ProfileService/GetProfile'),
      this.request('social.FriendService/GetPrivacy'),
    ]);
    this.privacy = privacy;
    this.#take(profile);
  }

  #take(profile) {
    this.profile = profile;
    this.store.directory.learnUser(profile);
    this.changed();
  }
}

export const accountOf = shelfOf(Account);
