-- message_mark: hidden is 1 where the account took the message away from itself, else 0.
ALTER TABLE message_mark ADD COLUMN hidden BIGINT NOT NULL DEFAULT 0;
