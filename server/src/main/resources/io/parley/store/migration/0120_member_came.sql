-- came_told_at: when a line last told the group that the member came, epoch milliseconds; negative if it has come once more
-- since, which was not told; 0 for never.
ALTER TABLE member ADD COLUMN came_told_at BIGINT NOT NULL DEFAULT 0;
