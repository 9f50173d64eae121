-- Display names are looked for by their beginning.
CREATE INDEX account_search_name ON account (search_name);
