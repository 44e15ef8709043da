DROP INDEX "deliveries_by_due";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "taken_until" bigint;--> statement-breakpoint
CREATE INDEX "deliveries_queued" ON "deliveries" USING btree ("due_at","sequence") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "deliveries_taken" ON "deliveries" USING btree ("taken_until") WHERE state = 'sending';--> statement-breakpoint
-- Locks what may be sent next, and says which: the first of each subject, so that order is kept. `p_without` lists
-- addresses, `p_of` the subjects to look at; without it all are looked through, in the order in which they are due.
-- A table that was never analyzed is taken for a small one, and would be read and sorted whole each time: hence the settings.
CREATE FUNCTION outbox_next(p_most integer, p_now bigint, p_without jsonb, p_of jsonb)
RETURNS text[] LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  without text[] := ARRAY(SELECT jsonb_array_elements_text(p_without));
  subjects text[];
BEGIN
  IF p_of IS NULL THEN
    RETURN ARRAY(
      SELECT d.id FROM deliveries d
        WHERE d.state = 'queued' AND d.due_at <= p_now AND d.url <> ALL (without) AND d.id = (
          SELECT e.id FROM deliveries e
            WHERE e.subject = d.subject AND e.state IN ('queued', 'sending')
              AND (e.state = 'sending' OR e.due_at <= p_now)
            ORDER BY e.subject, e.sequence LIMIT 1)
        ORDER BY d.due_at, d.sequence LIMIT p_most FOR UPDATE OF d SKIP LOCKED);
  END IF;
  subjects := ARRAY(SELECT jsonb_array_elements_text(p_of));
  RETURN ARRAY(
    SELECT d.id FROM unnest(subjects) AS s(subject)
      CROSS JOIN LATERAL (
        SELECT e.id FROM deliveries e
          WHERE e.subject = s.subject AND e.state IN ('queued', 'sending')
            AND (e.state = 'sending' OR e.due_at <= p_now)
          ORDER BY e.subject, e.sequence LIMIT 1) h
      JOIN deliveries d ON d.id = h.id
      WHERE d.state = 'queued' AND d.due_at <= p_now AND d.url <> ALL (without)
      LIMIT p_most FOR UPDATE OF d SKIP LOCKED);
END $$;
