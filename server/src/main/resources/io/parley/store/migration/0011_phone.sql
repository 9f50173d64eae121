-- origin: what the contract that sent a message wants back with it; opaque.
ALTER TABLE message ADD COLUMN origin TEXT;

-- changed: grows in commit order over all rows that notices are made of.
ALTER TABLE friend ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

ALTER TABLE friend_request ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

ALTER TABLE chat_group ADD COLUMN announcement_changed BIGINT NOT NULL DEFAULT 0;

-- device: something that acknowledges what it was pushed, because its contract has no cursor of its own. notice_acked:
-- changed of the newest notice that it acknowledged; notice_since: older friendships are no news to it.
CREATE TABLE device (
  push_id TEXT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL,
  session_id BIGINT NOT NULL,
  notice_acked BIGINT NOT NULL,
  notice_since BIGINT NOT NULL,
  bound_at BIGINT NOT NULL
);

CREATE INDEX device_account ON device (account_id, bound_at);

-- device_cursor: how far a device has acknowledged a conversation. The row with an empty push_id has the furthest of all
-- devices of the account; a device bound for the first time starts from there.
CREATE TABLE device_cursor (
  account_id BIGINT NOT NULL,
  push_id TEXT NOT NULL,
  conversation_id BIGINT NOT NULL,
  acked_seq BIGINT NOT NULL,
  PRIMARY KEY (account_id, push_id, conversation_id)
);

-- joined_seq: the newest message when the member came; what is older is not pushed to its devices.
ALTER TABLE member ADD COLUMN joined_seq BIGINT NOT NULL DEFAULT 0;
