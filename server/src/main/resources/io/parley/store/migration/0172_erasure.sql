-- Expands. erasure: accounts whose owner deleted them. erased_at: when nothing of it was left but its names, 0 before that.
-- Its row goes with the names, which are kept from others until names_until. All are epoch milliseconds.
CREATE TABLE erasure (
  account_id BIGINT NOT NULL PRIMARY KEY,
  begun_at BIGINT NOT NULL,
  erased_at BIGINT NOT NULL,
  names_until BIGINT NOT NULL
);

CREATE INDEX post_comment_author ON post_comment (author_id, id);
