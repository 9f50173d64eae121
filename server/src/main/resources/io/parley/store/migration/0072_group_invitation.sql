-- group_invitation: waits for an answer of account_id, or since declined_at keeps it from being asked again at once. changed
-- grows in commit order; notices are made of it.
CREATE TABLE group_invitation (
  account_id BIGINT NOT NULL,
  group_id BIGINT NOT NULL,
  inviter_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  declined_at BIGINT,
  changed BIGINT NOT NULL,
  PRIMARY KEY (account_id, group_id)
);

CREATE INDEX group_invitation_group ON group_invitation (group_id, created_at, account_id);

CREATE INDEX group_invitation_inviter ON group_invitation (inviter_id);

-- open_invitation: invitations that account_id sees and may accept. Of others their inviter is not told that they are none.
CREATE VIEW open_invitation AS
SELECT i.account_id, i.group_id, i.inviter_id, i.created_at, i.changed FROM group_invitation i
WHERE i.declined_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM block b WHERE b.account_id = i.account_id AND b.peer_id = i.inviter_id)
  AND NOT EXISTS (SELECT 1 FROM block b WHERE b.account_id = i.inviter_id AND b.peer_id = i.account_id)
  AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = i.inviter_id);
