-- password_expired: 1 where an operator set the password, until its owner has chosen another.
ALTER TABLE account ADD COLUMN password_expired BIGINT NOT NULL DEFAULT 0;
