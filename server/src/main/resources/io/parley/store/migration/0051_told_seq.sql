-- told_seq: how far others have been told that the member has read; read_seq goes on where a block keeps it from them.
ALTER TABLE member ADD COLUMN told_seq BIGINT NOT NULL DEFAULT 0;

UPDATE member SET told_seq = read_seq;
