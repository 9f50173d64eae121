-- post: what an account published. kind: 0 text, 1 pictures, 2 video. review: 0 not handed in, 1 waits, 2 passed, 3 failed.
-- listed is 1 while others may see it: enabled, passed, not deleted. hot is the rank; it moves only when somebody acts.
CREATE TABLE post (
  id BIGINT NOT NULL PRIMARY KEY,
  author_id BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  listed BIGINT NOT NULL,
  hot BIGINT NOT NULL,
  like_count BIGINT NOT NULL,
  view_count BIGINT NOT NULL,
  comment_count BIGINT NOT NULL,
  replier_count BIGINT NOT NULL,
  report_count BIGINT NOT NULL,
  enabled BIGINT NOT NULL,
  review BIGINT NOT NULL,
  operator_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  remark TEXT NOT NULL,
  content TEXT NOT NULL
);

CREATE INDEX post_author ON post (author_id, id, listed);

CREATE INDEX post_hot ON post (hot, id, author_id) WHERE listed = 1;

CREATE INDEX post_waiting ON post (id) WHERE review = 1 AND deleted_at IS NULL;

CREATE INDEX post_reported ON post (report_count, id) WHERE report_count > 0 AND deleted_at IS NULL;

-- post_media: the pictures of a post in order, or its one video. Sizes are 0 where they are not known.
CREATE TABLE post_media (
  post_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  id BIGINT NOT NULL,
  url TEXT NOT NULL,
  cover_url TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  duration_ms BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (post_id, place)
);

-- post_text: the folded text of every post that is not deleted.
CREATE TEXT INDEX post_text;

CREATE TABLE post_like (
  post_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (post_id, account_id)
);

CREATE INDEX post_like_newest ON post_like (post_id, id);

CREATE INDEX post_like_account ON post_like (account_id, id);

-- post_comment: reply_to is another comment of the same post, 0 for none. A deleted one keeps its row without content.
CREATE TABLE post_comment (
  id BIGINT NOT NULL PRIMARY KEY,
  post_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  reply_to BIGINT NOT NULL,
  content TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  deleted_at BIGINT
);

CREATE INDEX post_comment_post ON post_comment (post_id, id);

-- post_replier: how many live comments each account but the author has on a post.
CREATE TABLE post_replier (
  post_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  PRIMARY KEY (post_id, account_id)
);

CREATE TABLE post_report (
  post_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (post_id, account_id)
);

-- post_fanout: posts that are not yet in all timelines. phase: 0 followers, 1 friends; after_id: the last one served.
CREATE TABLE post_fanout (
  post_id BIGINT NOT NULL PRIMARY KEY,
  author_id BIGINT NOT NULL,
  phase BIGINT NOT NULL,
  after_id BIGINT NOT NULL
);

-- pulled_author: accounts with too many followers to write into every timeline; readers fetch their posts themselves.
CREATE TABLE pulled_author (
  author_id BIGINT NOT NULL PRIMARY KEY
);

-- timeline: posts of followed accounts and friends, written ahead for accounts that read their feed.
CREATE TABLE timeline (
  account_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  PRIMARY KEY (account_id, post_id)
);

-- timeline_head: the timeline holds every post of the accounts that sources stands for, from id horizon up.
CREATE TABLE timeline_head (
  account_id BIGINT NOT NULL PRIMARY KEY,
  horizon BIGINT NOT NULL,
  sources BIGINT NOT NULL
);

-- post_seen: the ids of the posts last recommended to an account, 8 bytes each, oldest first.
CREATE TABLE post_seen (
  account_id BIGINT NOT NULL PRIMARY KEY,
  posts BYTEA NOT NULL
);
