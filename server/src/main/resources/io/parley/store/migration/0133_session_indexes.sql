-- The index that has the sessions' ends has their keys as well, and an account has few: one less to write at each login.
DROP INDEX session_expiry;
