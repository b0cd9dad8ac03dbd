-- Live calls pass calls of a backfill, and a day is any 24 hours.

-- How many live calls took a slot since the last one of a backfill.
ALTER TABLE budget ADD COLUMN live_run integer NOT NULL DEFAULT 0;
-- The vendor asked to be left alone until then: a slot before it is void.
ALTER TABLE budget ADD COLUMN held_until timestamptz NOT NULL DEFAULT 'epoch';
-- Our calls since the vendor last told its own count.
ALTER TABLE budget ADD COLUMN untold integer NOT NULL DEFAULT 0;
ALTER TABLE budget DROP COLUMN day;

-- Calls of ours that count against a daily limit, by the hour.
CREATE TABLE budget_hour (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  calls integer NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, hour)
);

SELECT guard_tenant_table('budget_hour');
