-- post_report: excerpt is what the post said when it was reported. resolved_at: when a moderator decided; those that are open
-- are counted in post.report_count, also of a post that its author deleted.
ALTER TABLE post_report ADD COLUMN excerpt TEXT NOT NULL DEFAULT '';

ALTER TABLE post_report ADD COLUMN resolved_at BIGINT;

UPDATE post_report SET resolved_at = (SELECT p.deleted_at FROM post p WHERE p.id = post_report.post_id);

UPDATE post SET report_count = 0 WHERE report_count > 0 AND deleted_at IS NOT NULL;

DROP INDEX post_reported;

CREATE INDEX post_reported ON post (report_count, id) WHERE report_count > 0;
