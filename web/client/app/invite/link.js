/// Links of invites: `#invite:TOKEN`. What one said is kept by the tab until somebody is signed in who can use it.

const LINK = /^#invite:(.{1,200})$/;
const KEPT = 'parley.invite';

/// The token in an address's hash, or ''. Whether it is one at all the server says.
export function inviteIn(hash) {
  return hash.match(LINK)?.[1] ?? '';
}

/// `registered`: somebody has made an account with it, and wants to come to where it leads.
export function keepInvite(token, registered = false) {
  sessionStorage.setItem(KEPT, JSON.stringify({ token, registered }));
}

/// `{token, registered}`, or null.
export function keptInvite() {
  return JSON.parse(sessionStorage.getItem(KEPT));
}

export function dropInvite() {
  sessionStorage.removeItem(KEPT);
}
