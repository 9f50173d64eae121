-- conversation: one timeline. Of two accounts (low_id <= high_id set) or of a group (both NULL, id is the group's).
-- changed: grows in commit order over all conversations; the cursor of Sync.
CREATE TABLE conversation (
  id BIGINT NOT NULL PRIMARY KEY,
  low_id BIGINT,
  high_id BIGINT,
  last_seq BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX conversation_pair ON conversation (low_id, high_id);

-- member: who reads a conversation. role: 0 member, 1 admin, 2 owner. until_seq: the last seq a removed member may read.
CREATE TABLE member (
  conversation_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  role BIGINT NOT NULL,
  read_seq BIGINT NOT NULL,
  until_seq BIGINT,
  changed BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, account_id)
);

CREATE INDEX member_account ON member (account_id, conversation_id);

-- message: kind is the content's kind; body is the text of a text message, JSON of any other, empty once recalled.
-- Rows are appended in id order; (conversation_id, seq) is the timeline.
CREATE TABLE message (
  id BIGINT NOT NULL PRIMARY KEY,
  conversation_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  sender_id BIGINT NOT NULL,
  client_message_id TEXT,
  kind BIGINT NOT NULL,
  body TEXT NOT NULL,
  mentions TEXT,
  created_at BIGINT NOT NULL,
  recalled BIGINT NOT NULL
);

CREATE UNIQUE INDEX message_seq ON message (conversation_id, seq);

CREATE UNIQUE INDEX message_client ON message (sender_id, client_message_id) WHERE client_message_id IS NOT NULL;
