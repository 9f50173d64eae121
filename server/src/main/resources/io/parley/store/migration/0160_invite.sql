-- invite: what a link that somebody sends stands for. kind: GROUP, PERSON or SERVER; maker_id 0: the command line; group_id 0:
-- none. expires_at and revoked_at 0: never. The token is made of the id with a key outside the database, so it is not here.
CREATE TABLE invite (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  maker_id BIGINT NOT NULL,
  group_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  uses_max BIGINT NOT NULL,
  uses BIGINT NOT NULL DEFAULT 0,
  revoked_at BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX invite_maker ON invite (maker_id, id);

CREATE INDEX invite_group ON invite (group_id, id) WHERE group_id > 0;

-- invite_use: who came by an invite; each counts once.
CREATE TABLE invite_use (
  invite_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  PRIMARY KEY (invite_id, account_id)
);
