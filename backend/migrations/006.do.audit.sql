-- Who did what. The service can add and read, never change or remove.

CREATE TABLE audit (
  tenant_id uuid NOT NULL DEFAULT current_tenant(),
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT now(),
  -- A word of the closed vocabulary in store/audit.ts.
  action text NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('org_token', 'service', 'browser')),
  actor_id text,
  outcome text NOT NULL DEFAULT 'success' CHECK (outcome IN ('success', 'failure', 'denied')),
  -- What it was done to, and names of what changed: never values.
  subject text,
  details jsonb NOT NULL DEFAULT '{}',
  request_id text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_recent ON audit (tenant_id, at DESC);

SELECT guard_tenant_table('audit', 'SELECT, INSERT');
