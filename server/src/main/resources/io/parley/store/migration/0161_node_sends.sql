-- sends: the last commit of messages of a server, by which one whose end was not heard is found. newest: what no id was above
-- that the server had made by then. Messages of several servers are committed at the same time, so the mark 'ids' in store_state
-- says up to where nothing more will come, and the greatest of it and of these what no id is above.
ALTER TABLE node ADD COLUMN sends BIGINT NOT NULL DEFAULT 0;
ALTER TABLE node ADD COLUMN newest BIGINT NOT NULL DEFAULT 0;
