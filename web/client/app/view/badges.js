/// How many things wait in each section, by the section's name.

import { feedOf } from '../feed/feed.js';
import { activityOf } from '../model/activity.js';
import { friendsOf } from '../people/friends.js';
import { groupsOf } from '../people/groups.js';

const BADGES = {
  chats: (store) => store.unread,
  people: (store) => friendsOf(store).waiting + groupsOf(store).waiting,
  feed: (store) => feedOf(store).unseen,
  activity: (store) => activityOf(store).unread,
};

export function waitingIn(section, store) {
  return BADGES[section]?.(store) ?? 0;
}
