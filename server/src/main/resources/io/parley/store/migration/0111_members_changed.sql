-- members_changed: the id of the last change of who is in the group; a list of members that is older is out of date.
ALTER TABLE conversation ADD COLUMN members_changed BIGINT NOT NULL DEFAULT 0;
