-- message_mark: what one account alone made of a message. starred orders its stars and grows in commit order, 0 for none.
-- changed grows in commit order; a row stays when nothing is left of the mark, so that devices that were away learn of it.
CREATE TABLE message_mark (
  account_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  starred BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  PRIMARY KEY (account_id, conversation_id, seq)
);

CREATE INDEX message_mark_star ON message_mark (account_id, starred) WHERE starred > 0;

CREATE INDEX message_mark_order ON message_mark (account_id, conversation_id, changed);

CREATE INDEX message_mark_message ON message_mark (conversation_id, seq);
