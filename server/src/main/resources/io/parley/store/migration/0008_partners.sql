-- partner_app: who may call signed-http, beside the apps of the configuration. sealed_code: the security code encrypted
-- with a key of the data folder, empty for an app that signs nothing. services and address blocks: separated by blanks.
CREATE TABLE partner_app (
  id TEXT NOT NULL PRIMARY KEY,
  sealed_code TEXT NOT NULL,
  password_salt TEXT NOT NULL,
  services TEXT NOT NULL,
  allow_ips TEXT NOT NULL,
  deny_ips TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- partner_transaction: transaction ids that were used and could still be replayed.
CREATE TABLE partner_transaction (
  app_id TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (app_id, transaction_id)
);

CREATE INDEX partner_transaction_expiry ON partner_transaction (expires_at);

-- life_ms: how long the session lives after it was last used; 0 is limits.session_days.
ALTER TABLE session ADD COLUMN life_ms BIGINT NOT NULL DEFAULT 0;
