-- What an admin set up for a platform connection: mappings, selections, schedules.

CREATE TABLE mapping (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  object text NOT NULL CHECK (object IN ('Lead', 'Contact', 'Account')),
  -- ObjectMapping of the core, without the object.
  definition jsonb NOT NULL,
  -- Rises with every save: a newer generation makes the engine read every relevant record again.
  generation integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id, object),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connection ON DELETE CASCADE
);

CREATE TABLE selection (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  object text NOT NULL CHECK (object IN ('Lead', 'Contact')),
  definition jsonb NOT NULL,
  generation integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id, object),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connection ON DELETE CASCADE
);

CREATE TABLE schedule (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  direction text NOT NULL CHECK (direction IN ('outbound', 'inbound')),
  -- Schedule of the core; null stands for a removed job.
  definition jsonb,
  time_zone text NOT NULL DEFAULT 'UTC',
  paused boolean NOT NULL DEFAULT false,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id, direction),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connection ON DELETE CASCADE
);

-- The CX Automation component: whether it is on, and which campaigns and automations it offers (null: those named with "Salesforce").
CREATE TABLE automation_offer (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  enabled boolean NOT NULL DEFAULT false,
  campaign_ids text[],
  automation_ids text[],
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connection ON DELETE CASCADE
);

SELECT guard_tenant_table('mapping');
SELECT guard_tenant_table('selection');
SELECT guard_tenant_table('schedule');
SELECT guard_tenant_table('automation_offer');
