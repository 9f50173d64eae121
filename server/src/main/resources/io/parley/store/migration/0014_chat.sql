-- Of one member: pinned and silent are 0 or 1; hidden_seq: out of sight until there is a message above it, -1 for never
-- hidden.
ALTER TABLE member ADD COLUMN pinned BIGINT NOT NULL DEFAULT 0;

ALTER TABLE member ADD COLUMN silent BIGINT NOT NULL DEFAULT 0;

ALTER TABLE member ADD COLUMN hidden_seq BIGINT NOT NULL DEFAULT -1;

-- edited_at: epoch milliseconds, NULL for never.
ALTER TABLE message ADD COLUMN edited_at BIGINT;

-- reaction: what members say of a message with one symbol.
CREATE TABLE reaction (
  conversation_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  symbol TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq, symbol, account_id)
);

-- message_change: a message was edited, recalled or reacted to after it was sent. changed grows in commit order; one row
-- for each message.
CREATE TABLE message_change (
  conversation_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);

CREATE INDEX message_change_order ON message_change (conversation_id, changed);

-- last_seen: when the account's last connection ended, epoch milliseconds.
CREATE TABLE last_seen (
  account_id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL
);
