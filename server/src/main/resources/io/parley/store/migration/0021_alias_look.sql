-- alias_look: what login names look like (base/Look.java), where that is not what they are stored under.
CREATE TABLE alias_look (
  look TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (look, account_id)
);

RUN looks;
