-- confirmed: whether account_id itself asked for the friendship or accepted it; 0 where it merely takes friends openly.
-- Without it peer_id is shown no phone number. Of friendships made before this nobody knows, so none is confirmed.
ALTER TABLE friend ADD COLUMN confirmed BIGINT NOT NULL DEFAULT 0;
