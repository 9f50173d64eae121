-- What a login asks of an account's sessions, how many there are and when the first ends, is read from the index alone.
DROP INDEX session_account;

CREATE INDEX session_account ON session (account_id, id, expires_at);
