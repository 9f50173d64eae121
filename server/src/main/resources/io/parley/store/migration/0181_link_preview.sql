-- Expands. link_preview: what the page behind a link is called, or with an empty title that it has none. link_key: the SHA-256 of
-- the link. image: Base64; empty: none. made_at, ends_at: epoch milliseconds.
CREATE TABLE link_preview (
  link_key TEXT NOT NULL PRIMARY KEY,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  site TEXT NOT NULL,
  image TEXT NOT NULL,
  image_type TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);

CREATE INDEX link_preview_end ON link_preview (ends_at);

CREATE INDEX link_preview_made ON link_preview (made_at);
