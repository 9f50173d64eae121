-- Expands. message_policy: who begins a conversation with the account: EVERYBODY, FRIENDS.
ALTER TABLE privacy ADD COLUMN message_policy TEXT NOT NULL DEFAULT 'EVERYBODY';
