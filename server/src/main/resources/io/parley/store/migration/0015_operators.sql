-- audit: what operators did; rows are added, never changed. operator_id is 0 for the command line and for programs.
-- act is dotted (account.disable); target is a kind and an id or name (account 12).
CREATE TABLE audit (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  operator_id BIGINT NOT NULL,
  act TEXT NOT NULL,
  target TEXT NOT NULL,
  details TEXT NOT NULL,
  address TEXT NOT NULL
);

CREATE INDEX audit_operator ON audit (operator_id, id);

CREATE INDEX audit_target ON audit (target, id);

CREATE INDEX audit_act ON audit (act, id);

-- service_token: programs that operators trust, beside those of the configuration. token_hash is SHA-256 of the token.
-- rights: separated by blanks. last_used_at is written every few minutes at most.
CREATE TABLE service_token (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  rights TEXT NOT NULL,
  created_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT
);

CREATE UNIQUE INDEX service_token_name ON service_token (name) WHERE revoked_at IS NULL;

ALTER TABLE partner_app ADD COLUMN enabled BIGINT NOT NULL DEFAULT 1;

CREATE INDEX account_rights ON account (id) WHERE rights <> '';

CREATE INDEX account_disabled ON account (id) WHERE disabled = 1;

-- report: what accounts say against accounts, messages and groups; reports of posts are in post_report. subject_id is
-- the account that is answerable, excerpt what a reported message or group said then. resolved_at is NULL while open.
CREATE TABLE report (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  target_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  reporter_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  resolved_at BIGINT,
  resolver_id BIGINT NOT NULL,
  remark TEXT NOT NULL
);

CREATE UNIQUE INDEX report_once ON report (reporter_id, kind, target_id);

CREATE INDEX report_open ON report (id) WHERE resolved_at IS NULL;

CREATE INDEX report_open_reporter ON report (reporter_id) WHERE resolved_at IS NULL;
