-- account: one row per person. disabled and deleted_at are set by operators and owners; rows are never removed.
CREATE TABLE account (
  id BIGINT NOT NULL PRIMARY KEY,
  nickname TEXT NOT NULL,
  search_name TEXT NOT NULL,
  gender BIGINT NOT NULL,
  avatar_url TEXT NOT NULL,
  extra TEXT NOT NULL,
  rights TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  login_version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);

-- account_alias: what may be typed as a login name. folded is unique across kinds; original is what was typed first.
CREATE TABLE account_alias (
  folded TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  original TEXT NOT NULL,
  account_id BIGINT NOT NULL
);

CREATE INDEX account_alias_account ON account_alias (account_id);

-- account_verifier: one slow hash per password scheme on the wire.
CREATE TABLE account_verifier (
  account_id BIGINT NOT NULL,
  scheme TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (account_id, scheme)
);

-- session: token_hash is SHA-256 of the token; the token itself is nowhere.
CREATE TABLE session (
  id BIGINT NOT NULL PRIMARY KEY,
  token_hash TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  contract TEXT NOT NULL,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX session_token ON session (token_hash);

CREATE INDEX session_account ON session (account_id, id);
