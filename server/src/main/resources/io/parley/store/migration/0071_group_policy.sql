-- group_policy: who brings the account into a group without asking it: EVERYBODY, FRIENDS, NOBODY.
ALTER TABLE privacy ADD COLUMN group_policy TEXT NOT NULL DEFAULT 'FRIENDS';
