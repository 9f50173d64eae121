-- message_pin: a message that stands above its conversation for all who are in it. place orders them and grows in commit
-- order; pinned_at in epoch milliseconds. account_id pinned it.
CREATE TABLE message_pin (
  conversation_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  pinned_at BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);

CREATE INDEX message_pin_order ON message_pin (conversation_id, place);
