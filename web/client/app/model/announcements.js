/// Which announcements of groups this account has seen and which it has put away: kept in localStorage, one key a group,
/// for all tabs of the browser; signing out drops them.

const PREFIX = 'parley.announcement.';

/// Whether the group of a conversation announces something that was not on screen yet.
export function unseen({ groupId, ended }, store) {
  const at = announcedAt(groupId, store);
  return Boolean(at) && !ended && read(store, groupId).seen !== at;
}

/// The announcement of a group that was not put away: its text, or ''.
export function announcement(groupId, store) {
  const at = announcedAt(groupId, store);
  return at && read(store, groupId).away !== at ? store.directory.group(groupId).announcement : '';
}

/// The announcement is on screen.
export function see(groupId, store) {
  const at = announcedAt(groupId, store);
  if (at && read(store, groupId).seen !== at) write(store, groupId, { ...read(store, groupId), seen: at });
}

/// The user has put it away.
export function putAway(groupId, store) {
  const at = announcedAt(groupId, store);
  write(store, groupId, { seen: at, away: at });
}

/// Drops what was noted for an account.
export function forgetAnnouncements(account) {
  for (const name of Object.keys(localStorage)) if (name.startsWith(`${PREFIX}${account}.`)) localStorage.removeItem(name);
}

/// When what a member is told was said; '' where there is nothing.
function announcedAt(groupId, { directory }) {
  if (!groupId) return '';
  const { announcement: text, announcedAt: at, role } = directory.group(groupId);
  return text && role && role !== 'ROLE_NONE' ? at : '';
}

function read({ me }, groupId) {
  try {
    return JSON.parse(localStorage.getItem(`${PREFIX}${me}.${groupId}`)) ?? {};
  } catch {
    return {};
  }
}

function write(store, groupId, noted) {
  try {
    localStorage.setItem(`${PREFIX}${store.me}.${groupId}`, JSON.stringify(noted));
  } catch {
    // Storage is full: it is shown again after a reload.
  }
  store.changed();
}
