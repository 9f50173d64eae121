-- info_object: whether the device last sent info as an object (1) or as an array (0); null: it has sent none.
ALTER TABLE device ADD COLUMN info_object INTEGER;
