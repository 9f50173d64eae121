-- Groups are looked for by the beginning of their names.
CREATE INDEX chat_group_search_name ON chat_group (search_name);
