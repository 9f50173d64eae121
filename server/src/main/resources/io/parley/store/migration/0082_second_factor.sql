-- second_factor: 1 while logging in takes a code besides the password.
ALTER TABLE account ADD COLUMN second_factor BIGINT NOT NULL DEFAULT 0;

-- second_factor: 1 if a code was shown in the session.
ALTER TABLE session ADD COLUMN second_factor BIGINT NOT NULL DEFAULT 0;

-- totp: secret is sealed. confirmed_at: 0 while it is not in force. last_step: of the code that was taken last, -1 before
-- the first. failures: wrong codes since the last right one, failed_at the last of them.
CREATE TABLE totp (
  account_id BIGINT NOT NULL PRIMARY KEY,
  secret TEXT NOT NULL,
  confirmed_at BIGINT NOT NULL,
  last_step BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  failed_at BIGINT NOT NULL
);

-- recovery_code: those not used yet, under a keyed hash.
CREATE TABLE recovery_code (
  account_id BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (account_id, hash)
);
