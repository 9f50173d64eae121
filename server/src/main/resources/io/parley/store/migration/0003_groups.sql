-- chat_group: what a group says of itself; its members and messages are those of the conversation with the same id.
CREATE TABLE chat_group (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  search_name TEXT NOT NULL,
  introduction TEXT NOT NULL,
  avatar_url TEXT NOT NULL,
  extra TEXT NOT NULL,
  owner_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
