-- figures: what the server last said of itself, one JSON object of at most 4 KiB; '' before it said anything. Names that a
-- server does not know are passed over, those that it misses are unknown.
ALTER TABLE node ADD COLUMN figures TEXT NOT NULL DEFAULT '';
