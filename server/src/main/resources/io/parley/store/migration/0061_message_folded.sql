-- message.folded: what a message is searched by, where that takes more than small letters for A to Z (messaging/Searched.java).
-- Messages from before have the default, which no folded text is, until a search comes to them.
ALTER TABLE message ADD COLUMN folded TEXT DEFAULT '';
