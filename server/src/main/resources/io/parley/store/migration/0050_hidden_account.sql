-- hidden_account: accounts whose name, posts, comments and likes are out of everybody's sight: the disabled ones. Whatever
-- lists or finds leaves them out by this view, and nothing else decides it.
CREATE VIEW hidden_account AS SELECT id AS account_id FROM account WHERE disabled = 1;
