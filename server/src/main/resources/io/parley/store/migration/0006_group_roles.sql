-- join_policy: OPEN, APPROVAL, CLOSED. announced_at is NULL while there is no announcement.
ALTER TABLE chat_group ADD COLUMN join_policy TEXT NOT NULL DEFAULT 'OPEN';

ALTER TABLE chat_group ADD COLUMN announcement TEXT NOT NULL DEFAULT '';

ALTER TABLE chat_group ADD COLUMN announced_at BIGINT;

-- muted_until: the member may not write before; epoch milliseconds.
ALTER TABLE member ADD COLUMN muted_until BIGINT NOT NULL DEFAULT 0;

-- group_request: waits for an answer of the group's owner or an admin.
CREATE TABLE group_request (
  group_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, account_id)
);
