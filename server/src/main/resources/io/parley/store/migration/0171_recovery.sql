-- Expands. recovery: links that set another password. hash is the token's SHA-256. A link is good while address is the account's
-- verified one and login_version its version of what logs in, until expires_at, epoch milliseconds.
CREATE TABLE recovery (
  hash TEXT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL,
  address TEXT NOT NULL,
  login_version BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX recovery_account ON recovery (account_id);

CREATE INDEX recovery_end ON recovery (expires_at);
