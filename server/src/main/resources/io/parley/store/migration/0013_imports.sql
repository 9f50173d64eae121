-- import_progress: how far an import has got, so that it can go on after an interruption. file names the file and its
-- state; the row goes with the import's end.
CREATE TABLE import_progress (
  file TEXT NOT NULL PRIMARY KEY,
  line BIGINT NOT NULL,
  imported BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  rejected_bytes BIGINT NOT NULL
);

-- Each login drops what has expired of its account.
CREATE INDEX session_expiry ON session (account_id, expires_at);
