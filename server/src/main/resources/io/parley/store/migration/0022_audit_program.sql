-- program: the trusted program that acted, or that vouched for the account that did. Empty in what was logged before.
ALTER TABLE audit ADD COLUMN program TEXT NOT NULL DEFAULT '';
