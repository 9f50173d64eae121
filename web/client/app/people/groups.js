/// The groups of the account, and what can be done in one.

import { Code } from '../fault.js';
import { t } from '../i18n.js';
import { byCursor, byPages, Listing } from '../model/listing.js';
import { everyPart } from '../model/paging.js';
import { Shelf, shelfOf } from '../model/shelf.js';

const GROUPS = 'group.GroupService';
const MEMBERS = 'membership.MembershipService';
const GROUPS_PAGE = 32;
/// After which it may be another number of people who want to come in.
const WHO_WAITS = new Set(['asked', 'answered']);

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

  /// Invitations that wait for this account.
  invitations = new Listing(
    byCursor((cursor, page_size) =>
      this.request(`${MEMBERS}/ListGroupInvitations`, { cursor, page_size }).then(({ invitation, pager, next_cursor }) => {
        this.invited = Number(pager?.total_rows ?? 0);
        for (const { inviter } of invitation ?? []) this.store.directory.learnUser(inviter);
        return { rows: invitation, next: next_cursor };
      })),
    () => this.changed(),
    ({ group }) => group.id,
  );
  /// How many of them there are.
  invited = 0;
  #leading = new Map();

  #open = new Map();

  constructor(store) {
    super(store);
    this.invitations.again();
    this.#count();
  }

  /// What waits for this account: invitations, and requests to come into groups that it leads.
  get waiting() {
    return this.asked.reduce((sum, { requests }) => sum + Number(requests), this.invited);
  }

  /// The groups that this account leads and somebody wants to come into.
  get asked() {
    return [...this.#leading.values()].filter(({ requests }) => Number(requests) > 0);
  }

  heard(cmd, data) {
    if (cmd === 'push.friend') this.invitations.again();
    if (cmd !== 'push.group') return;
    if (this.mine.begun) this.mine.again();
    if (this.found.begun && data.user_id === this.store.me) this.found.again();
    if (WHO_WAITS.has(data.kind) || this.#leading.has(data.id) || data.user_id === this.store.me) this.#lookAt(data.id);
    if (data.kind.endsWith('invited') || this.invitation(data.id)) this.invitations.again();
    this.#open.get(data.id)?.learn();
  }

  recovered() {
    this.invitations.again();
    this.#count();
    if (this.mine.begun) this.mine.again();
    for (const group of this.#open.values()) group.learn();
  }

  /// All groups of the account: what they announce, and who waits to be let in.
  async #count() {
    const leading = new Map();
    try {
      await everyPart(GROUPS_PAGE, (cursor, page_size) => this.request(`${MEMBERS}/ListMyGroups`, { cursor, page_size }), ({ group }) => {
        for (const each of group ?? []) {
          this.store.directory.learnGroup(each);
          if (Number(each.requests) > 0) leading.set(each.id, each);
        }
        return true;
      });
      this.#leading = leading;
      this.changed();
    } catch {
      // The next connection asks again.
    }
  }

  async #lookAt(id) {
    try {
      const { group } = await this.request(`${GROUPS}/GetGroup`, { id });
      this.store.directory.learnGroup(group);
      this.#leading.set(id, group);
    } catch (fault) {
      if (fault.code === Code.NOT_FOUND) this.#leading.delete(id);
    }
    this.changed();
  }

  find(keyword) {
    this.keyword = keyword;
    return this.found.again();
  }

  /// The invitation into a group, as far as the list has been read.
  invitation(id) {
    return this.invitations.items.find(({ group }) => group.id === id);
  }

  /// Answers an invitation.
  async answer(id, accept) {
    await this.request(`${MEMBERS}/${accept ? 'Accept' : 'Decline'}GroupInvitation`, { group_id: id });
    this.invitations.remove(id);
    this.invitations.again();
    this.#open.get(id)?.learn();
    if (!accept) return;
    this.store.directory.forget(`group:${id}`);
    if (this.mine.begun) this.mine.again();
    await this.store.sync();
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

  /// Gives the id of a new group, and who was asked in place of being brought in. Somebody who cannot be brought in does
  /// not keep it from being made.
  async create({ name, introduction, policy, members }) {
    const { group } = await this.request(`${GROUPS}/CreateGroup`, { name, introduction });
    this.store.directory.learnGroup(group);
    if (policy !== 'JOIN_OPEN') await this.request(`${MEMBERS}/SetJoinPolicy`, { group_id: group.id, join_policy: policy });
    const missed = [];
    const asked = [];
    for (const id of members) {
      await this.request(`${GROUPS}/JoinGroup`, { id: group.id, user_id: id })
        .then(({ member }) => member || asked.push(id))
        .catch(() => missed.push(id));
    }
    if (this.mine.begun) this.mine.again();
    return { id: group.id, missed, asked };
  }
}

/// One group that was opened, with its members, requests and those invited.
class OpenGroup {
  /// As the server gives it; null until it is known.
  group = null;
  /// Why it is not there, or ''.
  fault = '';
  members;
  requests;
  invited;

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
    this.invited = new Listing(list('ListInvited', 'invited'), changed, idOf);
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
      if (this.moderator && this.invited.begun) this.invited.again();
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

  /// Takes the own request to come in back.
  takeBack() {
    return this.leave();
  }

  /// Whether the other is in now; else it is invited.
  async invite(userId) {
    const { member } = await this.#group('JoinGroup', { id: this.id, user_id: userId });
    return member;
  }

  withdraw(userId) {
    return this.#membership('WithdrawGroupInvitation', { user_id: userId });
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
    if (this.#groups.found.begun) this.#groups.found.again();
    return answer;
  }
}

export const groupsOf = shelfOf(Groups);
