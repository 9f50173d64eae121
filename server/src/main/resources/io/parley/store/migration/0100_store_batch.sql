-- batch: a number that each commit moves on, where one whose end was not heard can be looked for.
INSERT INTO store_state (name, value) VALUES ('batch', 0);
