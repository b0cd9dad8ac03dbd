-- Dry runs: what the next batches would do, found out on a copy of what the engine knows.

ALTER TABLE run DROP CONSTRAINT run_trigger_check;
ALTER TABLE run ADD CONSTRAINT run_trigger_check
  CHECK (trigger IN ('schedule', 'threshold', 'manual', 'notice', 'dry_run'));

-- Its id is also that of its run, and the connection_id under which the copy stands until the run has ended.
CREATE TABLE dry_run (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  -- The connection of which it tells.
  connection_id uuid NOT NULL,
  -- What comes next, so that another worker goes on there.
  phase text NOT NULL DEFAULT 'copy' CHECK (phase IN ('copy', 'observe', 'outbound', 'inbound', 'done')),
  -- {outbound?, inbound?}: the counts of each direction.
  report jsonb NOT NULL DEFAULT '{}',
  -- A few records of each kind, [{direction, kind, …}].
  samples jsonb NOT NULL DEFAULT '[]',
  -- Whether the copy is gone.
  is_swept boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connection ON DELETE CASCADE
);
CREATE INDEX dry_run_connection ON dry_run (tenant_id, connection_id);

SELECT guard_tenant_table('dry_run');
