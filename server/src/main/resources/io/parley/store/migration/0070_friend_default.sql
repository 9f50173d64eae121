-- privacy: no row means APPROVAL for friends. Accounts with a phone number never chose and were told by their contract that
-- friends are taken openly, so they go on as they were.
INSERT INTO privacy (account_id, friend_policy, presence_policy)
SELECT DISTINCT account_id, 'OPEN', 'EVERYBODY' FROM account_alias
WHERE kind = 'PHONE' AND account_id NOT IN (SELECT account_id FROM privacy);
