-- ended: how a removed member's place came to its end. 0: nobody knows, 1: it left, 2: it was taken out, 3: the group was
-- dissolved. Means nothing of a member who is in.
ALTER TABLE member ADD COLUMN ended BIGINT NOT NULL DEFAULT 0;
