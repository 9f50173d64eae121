-- media_share: a stored upload was sent in a conversation, so that its members may send it on.
CREATE TABLE media_share (
  name TEXT NOT NULL,
  conversation_id BIGINT NOT NULL,
  PRIMARY KEY (name, conversation_id)
);
