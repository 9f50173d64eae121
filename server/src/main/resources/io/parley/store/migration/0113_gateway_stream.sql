-- gateway_stream: which server (see node) holds the newest stream of a gateway. A row whose server is gone means nothing.
-- since: an id, greater than that of every older stream.
CREATE TABLE gateway_stream (
  gateway_id TEXT NOT NULL PRIMARY KEY,
  node BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  since BIGINT NOT NULL
);
