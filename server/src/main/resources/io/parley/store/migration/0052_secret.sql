-- secret: 1 for a closed group's conversation, which is there for nobody who was never in it.
ALTER TABLE conversation ADD COLUMN secret BIGINT NOT NULL DEFAULT 0;

UPDATE conversation SET secret = 1 WHERE id IN (SELECT id FROM chat_group WHERE join_policy = 'CLOSED');
