-- store_state: what the store knows of itself. ids: no id or change number in this database is greater; probe: counts
-- tries to write after the disk failed; padding: filled for the length of such a try.
CREATE TABLE store_state (
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL,
  padding BYTEA
);

INSERT INTO store_state (name, value) VALUES ('probe', 0);

INSERT INTO store_state (name, value)
SELECT 'ids', coalesce(max(id), 0) FROM (
  SELECT max(id) AS id FROM account
  UNION ALL SELECT max(id) FROM session
  UNION ALL SELECT max(id) FROM conversation
  UNION ALL SELECT max(changed) FROM conversation
  UNION ALL SELECT max(changed) FROM member
  UNION ALL SELECT max(id) FROM message
  UNION ALL SELECT max(changed) FROM message_change
  UNION ALL SELECT max(announcement_changed) FROM chat_group
  UNION ALL SELECT max(changed) FROM friend
  UNION ALL SELECT max(changed) FROM friend_request
  UNION ALL SELECT max(notice_since) FROM device
  UNION ALL SELECT max(id) FROM media
  UNION ALL SELECT max(id) FROM post
  UNION ALL SELECT max(id) FROM post_media
  UNION ALL SELECT max(id) FROM post_like
  UNION ALL SELECT max(id) FROM post_comment
  UNION ALL SELECT max(id) FROM audit
  UNION ALL SELECT max(id) FROM service_token
  UNION ALL SELECT max(id) FROM report
) AS newest;
