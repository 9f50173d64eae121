/// Why a post is shown, in words.

import { t } from '../i18n.js';

/// What is hot without a like or a comment is there by its date alone.
function toldAs(kind, { like_count: likes, comment_count: comments }) {
  return kind === 'REASON_HOT' && Number(likes) + Number(comments) === 0 ? 'by-date' : kind;
}

export function whyText({ kind, liker_id: likers = [] }, post, store) {
  const author = store.directory.user(post.user_id).name;
  const names = likers.filter((id) => id !== post.user_id).map((id) => store.directory.user(id).name || '…');
  const text = t(`feed.why-${toldAs(kind, post)}`, { author, names: names.join(t('feed.and')) });
  if (kind === 'REASON_LIKED_BY_FOLLOWED' || names.length === 0) return text;
  return `${text} ${t('feed.why-also', { names: names.join(t('feed.and')) })}`;
}
