-- Whether a name in somebody's message is an upload of this server at all.
CREATE INDEX media_name ON media (name);
