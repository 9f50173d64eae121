-- activity: what concerns an account and is no message, one row for each account, kind and subject. kind: as
-- activity/ActivityKind.java has it. place_id: the post or group that it is about, with which it goes; 0: none. id grows in commit
-- order and anew with each act. acts: how many did it; actors: the newest of them, newest first, with commas.
CREATE TABLE activity (
  account_id BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  place_id BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  acts BIGINT NOT NULL,
  actors TEXT NOT NULL,
  PRIMARY KEY (account_id, kind, subject_id)
);

CREATE INDEX activity_newest ON activity (account_id, id);

CREATE INDEX activity_place ON activity (place_id) WHERE place_id > 0;

-- activity_seen: up to which id an account has looked at its list.
CREATE TABLE activity_seen (
  account_id BIGINT NOT NULL PRIMARY KEY,
  id BIGINT NOT NULL
);
