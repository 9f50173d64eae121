-- confirmed_at: when the password was shown again in the session, epoch milliseconds; 0 is not since it was opened.
ALTER TABLE session ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;
