-- reply_seq: the message of the same conversation that this one answers; NULL for none.
ALTER TABLE message ADD COLUMN reply_seq BIGINT;
