/// The groups of the account, and what can be done in one.

import { Code } from '../fault.js';
import { t } from '../i18n.js';
import { byCursor, byPages, Listing } from '../model/listing.js';
import { Shelf, shelfOf } from '../model/shelf.js';

const GROUPS = 'group.GroupService';
const MEMBERS = 'membership.MembershipService';

class Groups extends Shelf {
  mine = new Listing(
    byCursor((cursor, page_size) =>
      this.request(`${MEMBERS}/ListMyGroups`, { cursor, page_size }).then(({ group, next_cursor }) => ({ rows: group, next: next_cursor }))),
    () => this.changed(),
  );
  keyword = '';
  /// Groups that may be found by `keyword`; closed ones are not among them.
  found = new Listing(
    byPages((page, page_size) =>
      this.request(`${GROUPS}/QueryGroup`, { keyword: this.keyword, page, page_size }).then(({ group, pager }) => ({ rows: group, pager }))),
    () => this.changed(),
  );

  #open = new Map();

  heard(cmd, data) {
    if (cmd !== 'push.group') return;
    if (this.mine.begun) this.mine.again();
    this.#open.get(data.id)?.learn();
  }

  recovered() {
    if (this.mine.begun) this.mine.again();
    for (const group of this.#open.values()) group.learn();
  }

  find(keyword) {
    this.keyword = keyword;
    return this.found.again();
  }

  /// The group of `id`, being read the first time it is asked for.
  get(id) {
    let group = this.#open.get(id);
    if (!group) {
      group = new OpenGroup(id, this);
      this.#open.set(id, group);
      group.learn();
    }
    return group;
  }

  /// Gives the id of a new group. Somebody who cannot be brought in does not keep it from being made.
  async create({ name, introduction, policy, members }) {
    const { group } = await this.request(`${GROUPS}/CreateGroup`, { name, introduction });
    this.store.directory.learnGroup(group);
    if (policy !== 'JOIN_OPEN') await this.request(`${MEMBERS}/SetJoinPolicy`, { group_id: group.id, join_policy: policy });
    const missed = [];
    for (const id of members) {
      await this.request(`${GROUPS}/JoinGroup`, { id: group.id, user_id: id }).catch(() => missed.push(id));
    }
    if (this.mine.begun) this.mine.again();
    return { id: group.id, missed };
  }
}

/// One group that was opened, with its members and requests.
class OpenGroup {
  /// As the server gives it; null until it is known.
  group = null;
  /// Why it is not there, or ''.
  fault = '';
  members;
  requests;

  #groups;

  constructor(id, groups) {
    this.id = id;
    this.#groups = groups;
    const changed = () => groups.changed();
    const idOf = ({ user }) => user.id;
    const list = (method, field) =>
      byCursor((cursor, page_size) =>
        groups.request(`${MEMBERS}/${method}`, { group_id: id, cursor, page_size }).then((answer) => ({
          rows: answer[field],
          next: answer.next_cursor,
        })));
    this.members = new Listing(list('ListMembers', 'member'), changed, idOf);
    this.requests = new Listing(list('ListJoinRequests', 'request'), changed, idOf);
  }

  get role() {
    return this.group?.role ?? 'ROLE_NONE';
  }

  get member() {
    return this.role !== 'ROLE_NONE';
  }

  get owner() {
    return this.role === 'ROLE_OWNER';
  }

  get moderator() {
    return this.owner || this.role === 'ROLE_ADMIN';
  }

  /// Whether this account may take out and mute somebody of `role`.
  above(role) {
    return this.owner ? role !== 'ROLE_OWNER' : this.role === 'ROLE_ADMIN' && role === 'ROLE_MEMBER';
  }

  async learn() {
    try {
      const { group } = await this.#groups.request(`${GROUPS}/GetGroup`, { id: this.id });
      this.group = group;
      this.fault = '';
      this.#groups.store.directory.learnGroup(group);
      if (this.member && this.members.begun) this.members.again();
      if (this.moderator && this.requests.begun) this.requests.again();
    } catch (fault) {
      const gone = fault.code === Code.NOT_FOUND;
      if (gone) this.group = null;
      this.fault = gone ? t('group.gone') : fault.message;
    }
    this.#groups.changed();
  }

  /// Whether the account is in now; else the request waits.
  async join(note = '') {
    const { member } = await this.#group('JoinGroup', { id: this.id, note });
    if (member) await this.#groups.store.sync();
    return member;
  }

  invite(userId) {
    return this.#group('JoinGroup', { id: this.id, user_id: userId });
  }

  remove(userId) {
    return this.#group('QuitGroup', { id: this.id, user_id: userId });
  }

  leave() {
    return this.#group('QuitGroup', { id: this.id });
  }

  dissolve() {
    return this.#group('DeleteGroup', { id: this.id });
  }

  /// `change` of `{name, introduction, avatar_url}`; what is missing stays.
  update(change) {
    return this.#group('UpdateGroup', { id: this.id, ...change });
  }

  announce(announcement) {
    return this.#membership('Announce', { announcement });
  }

  setPolicy(policy) {
    return this.#membership('SetJoinPolicy', { join_policy: policy });
  }

  muteAll(muted) {
    return this.#membership('MuteAll', { muted });
  }

  mute(userId, seconds) {
    return this.#membership('Mute', { user_id: userId, seconds: String(seconds) });
  }

  setRole(userId, role) {
    return this.#membership('SetRole', { user_id: userId, role });
  }

  transfer(userId) {
    return this.#membership('Transfer', { user_id: userId });
  }

  async answer(userId, accept) {
    await this.#membership('AnswerJoinRequest', { user_id: userId, accept });
    this.requests.remove(userId);
  }

  #membership(method, data) {
    return this.#act(`${MEMBERS}/${method}`, { group_id: this.id, ...data });
  }

  #group(method, data) {
    return this.#act(`${GROUPS}/${method}`, data);
  }

  async #act(cmd, data) {
    const answer = await this.#groups.request(cmd, data);
    await this.learn();
    if (this.#groups.mine.begun) this.#groups.mine.again();
    return answer;
  }
}

export const groupsOf = shelfOf(Groups);
