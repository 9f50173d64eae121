-- Expands. used_at: when a token of the session was shown last, to about an hour, epoch milliseconds; 0: when it was opened.
ALTER TABLE session ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE session ADD COLUMN used_address TEXT NOT NULL DEFAULT '';
