/// What the server takes at most, for what is checked before it is sent, and for what is shown.

/// What its operator has configured, as the answer to `auth` tells it. Before that nothing counts as too much: whatever
/// is, the server refuses. Characters are code points.
export const limits = {
  textChars: Infinity,
  postChars: Infinity,
  postImages: Infinity,
  commentChars: Infinity,
  nicknameChars: Infinity,
  // Wanted before anybody has signed in, so the page tells it, too.
  passwordCharsMin: Number(document.body?.dataset.passwordCharsMin ?? 0),
  passwordChars: Infinity,
  imageBytes: Infinity,
  fileBytes: Infinity,
  recallS: Infinity,
  editS: Infinity,
};

/// What no configuration changes; docs/API.md lists it.
export const FIXED = {
  groupNameChars: 64,
  remarkChars: 64,
  introductionChars: 1000,
  announcementChars: 2000,
  aboutChars: 1000,
  noteChars: 200,
  reportChars: 500,
  keywordChars: 128,
  codeChars: 64,
  emailChars: 128,
  fileNameChars: 255,
};

const TOLD = {
  textChars: 'text_chars',
  postChars: 'post_chars',
  postImages: 'post_images',
  commentChars: 'comment_chars',
  nicknameChars: 'nickname_chars',
  passwordCharsMin: 'password_chars_min',
  passwordChars: 'password_chars',
  imageBytes: 'image_bytes',
  fileBytes: 'file_bytes',
  recallS: 'recall_window_s',
  editS: 'edit_window_s',
};

/// Takes the `limits` of an answer to `auth` (realtime.Limits); a server that tells none changes nothing.
export function learnLimits(told = {}) {
  for (const [name, field] of Object.entries(TOLD)) {
    if (Number(told[field]) > 0) limits[name] = Number(told[field]);
  }
}

/// Whether what was made at `since`, in milliseconds, is younger than so many seconds.
export function isWithin(since, seconds) {
  return Date.now() - since < seconds * 1000;
}

/// How many characters `text` has more than `most`; negative where it has fewer.
export function charsOver(text, most) {
  return Array.from(text).length - most;
}
