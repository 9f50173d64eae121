-- report: group_id is the group, or the one that the message is in; 0 for none. answer is what the reporter was told. While a
-- report is open its reporter makes no other one of the same thing.
ALTER TABLE report ADD COLUMN group_id BIGINT NOT NULL DEFAULT 0;

ALTER TABLE report ADD COLUMN answer TEXT NOT NULL DEFAULT '';

UPDATE report SET group_id = target_id WHERE kind = 'GROUP';

DROP INDEX report_once;

CREATE UNIQUE INDEX report_once ON report (reporter_id, kind, target_id) WHERE resolved_at IS NULL;

CREATE INDEX report_reporter ON report (reporter_id, id);

CREATE INDEX report_subject ON report (subject_id, id);

-- report_line: what was said around a reported message, and it, in order, as its reporter could read it then.
CREATE TABLE report_line (
  report_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  sender_id BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  excerpt TEXT NOT NULL,
  PRIMARY KEY (report_id, place)
);
