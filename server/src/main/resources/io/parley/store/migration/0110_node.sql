-- node: the servers that share this database, by the number that each makes ids with. epoch grows with each start under a
-- number; only who has both may write. batch: the last of its commits, by which one whose end was not heard is found.
-- beat_at: when it was last alive, epoch milliseconds by the database's clock; 0 once it has left.
CREATE TABLE node (
  number BIGINT NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  batch BIGINT NOT NULL,
  beat_at BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  version TEXT NOT NULL
);
-- node_event: what was lately committed and must be heard by every server, in the order of its commits.
CREATE TABLE node_event (
  id BIGINT NOT NULL PRIMARY KEY,
  event BYTEA NOT NULL
);
-- node_secret: by which a server sees that its secrets are those of the others; nothing can be told from it.
CREATE TABLE node_secret (
  name TEXT NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL
);
DELETE FROM store_state WHERE name = 'batch';
