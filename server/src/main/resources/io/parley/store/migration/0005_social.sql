-- friend: a friendship is two rows, one for each side. search_remark is the folded remark.
CREATE TABLE friend (
  account_id BIGINT NOT NULL,
  peer_id BIGINT NOT NULL,
  remark TEXT NOT NULL,
  search_remark TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, peer_id)
);

-- friend_request: waits for an answer of to_id.
CREATE TABLE friend_request (
  to_id BIGINT NOT NULL,
  from_id BIGINT NOT NULL,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (to_id, from_id)
);

CREATE INDEX friend_request_from ON friend_request (from_id, to_id);

CREATE TABLE follow (
  follower_id BIGINT NOT NULL,
  followee_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (follower_id, followee_id)
);

CREATE INDEX follow_followee ON follow (followee_id, follower_id);

-- block: account_id wants nothing from peer_id.
CREATE TABLE block (
  account_id BIGINT NOT NULL,
  peer_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, peer_id)
);

CREATE INDEX block_peer ON block (peer_id, account_id);

-- privacy: what an account lets others do and see; no row means the defaults. friend_policy: OPEN,
-- APPROVAL, CLOSED. presence_policy: EVERYBODY, FRIENDS, NOBODY.
CREATE TABLE privacy (
  account_id BIGINT NOT NULL PRIMARY KEY,
  friend_policy TEXT NOT NULL,
  presence_policy TEXT NOT NULL
);

-- closed, of a conversation of two: 1 low_id blocks high_id, 2 the other way, 3 both; of a group: 1 only the owner and
-- admins may write.
ALTER TABLE conversation ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;
