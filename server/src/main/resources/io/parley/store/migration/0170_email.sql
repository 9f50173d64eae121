-- Expands. account_alias: verified_at is when a code that was mailed to the address came back, epoch milliseconds; 0: never.
ALTER TABLE account_alias ADD COLUMN verified_at BIGINT NOT NULL DEFAULT 0;

-- email_code: the address that an account has begun to take, one at most. hash is the code's under a key outside the database,
-- tries are the wrong codes so far.
CREATE TABLE email_code (
  account_id BIGINT NOT NULL PRIMARY KEY,
  address TEXT NOT NULL,
  hash TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries BIGINT NOT NULL
);
