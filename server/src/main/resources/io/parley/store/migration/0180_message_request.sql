-- Expands. asker_id: who began a conversation of two and waits for the other to accept it; null: nobody, and of all that were
-- there before.
ALTER TABLE conversation ADD COLUMN asker_id BIGINT;

CREATE INDEX conversation_asker ON conversation (asker_id, id) WHERE asker_id IS NOT NULL;
