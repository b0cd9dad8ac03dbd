-- The engine's memory: links with their shadows, cursors, hints, conflicts, runs and outcomes.

-- One row for each pair that is, or is to be, kept in step. The shadow stands in `agreed`; what the last
-- observation of a side differs from it stands in the two pending columns, so that either side's newest
-- known state can be rebuilt without a call: agreed, overlaid with pending.
CREATE TABLE link (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  object text NOT NULL CHECK (object IN ('Lead', 'Contact', 'Account')),
  salesforce_id text,
  platform_id text,
  -- candidate: one side is still to be created; linked; superseded: the person's Contact carries the link now; stopped: deleted on a side.
  state text NOT NULL CHECK (state IN ('candidate', 'linked', 'superseded', 'stopped')),
  state_reason text,
  agreed jsonb,
  salesforce_pending jsonb,
  platform_pending jsonb,
  salesforce_changed_at timestamptz,
  platform_changed_at timestamptz,
  salesforce_created_at timestamptz,
  -- The Salesforce record's three package fields as last seen: {status, id, relation}.
  salesforce_marks jsonb,
  salesforce_account_id text,
  -- The platform account that the contact was last seen with: a new name of the same one is no new relation.
  platform_account_id text,
  -- What is still to be written into those fields, null when nothing is.
  writeback jsonb,
  -- Tags that are still to be added on the platform.
  platform_tags text[],
  -- When the planner shall act on it in that direction; null when there is nothing to do.
  outbound_due timestamptz,
  inbound_due timestamptz,
  attempts smallint NOT NULL DEFAULT 0,
  -- Writes of the last hour by field, to recognise a loop (invariant 3): {field: [{side, at, value}]}.
  recent_writes jsonb,
  -- {code, message, side, field?}: why it is not in step.
  problem jsonb,
  -- Rises with every observation, so that an acknowledgement of older knowledge is recognised.
  version integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id, id),
  CHECK (salesforce_id IS NOT NULL OR platform_id IS NOT NULL)
);

-- Invariant 5: one link for a Salesforce record, and one live link for a person or company of the platform.
CREATE UNIQUE INDEX link_salesforce ON link (tenant_id, connection_id, object, salesforce_id);
CREATE UNIQUE INDEX link_platform ON link (tenant_id, connection_id, (object = 'Account'), platform_id) WHERE state = 'linked';
CREATE UNIQUE INDEX link_request ON link (tenant_id, connection_id, object, platform_id) WHERE state = 'candidate' AND salesforce_id IS NULL;
CREATE INDEX link_outbound_due ON link (tenant_id, connection_id, outbound_due, id) WHERE outbound_due IS NOT NULL;
CREATE INDEX link_inbound_due ON link (tenant_id, connection_id, inbound_due, id) WHERE inbound_due IS NOT NULL;
CREATE INDEX link_writeback ON link (tenant_id, connection_id, object, id) WHERE writeback IS NOT NULL;
CREATE INDEX link_tags ON link (tenant_id, connection_id, id) WHERE platform_tags IS NOT NULL;
CREATE INDEX link_problem ON link (tenant_id, connection_id, id) WHERE problem IS NOT NULL;

-- Every contact and account that the platform is known to hold: who has which email, and when it last changed.
CREATE TABLE platform_index (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  object text NOT NULL CHECK (object IN ('contact', 'account')),
  platform_id text NOT NULL,
  -- The normalised email, or the account's name in lower case.
  key text,
  PRIMARY KEY (tenant_id, connection_id, object, platform_id)
);
CREATE INDEX platform_index_key ON platform_index (tenant_id, connection_id, object, key);
CREATE INDEX platform_index_order ON platform_index (tenant_id, connection_id, object, length(platform_id), platform_id);

CREATE TABLE cursor (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  -- What is read: Lead, Contact, Account, contact, account.
  source text NOT NULL,
  position jsonb NOT NULL,
  -- The settings that it was made under; another generation starts over.
  generation text NOT NULL,
  version integer NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id, source)
);

-- "Look at this record": webhooks, create requests, retries after an unknown outcome. Never a value, only where to look.
CREATE TABLE hint (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('salesforce', 'platform')),
  -- Lead, Contact, Account, contact, account.
  object text NOT NULL,
  record_id text NOT NULL,
  -- look, create_lead, create_contact.
  reason text NOT NULL DEFAULT 'look',
  not_before timestamptz NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id, side, object, record_id, reason)
);
CREATE INDEX hint_due ON hint (tenant_id, connection_id, side, not_before);

CREATE TABLE conflict (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  link_id bigint NOT NULL,
  field text NOT NULL,
  policy text NOT NULL,
  base jsonb,
  salesforce_value jsonb,
  platform_value jsonb,
  -- salesforce, platform, both, or null while it waits for a person.
  winner text,
  -- open: waits for a person; chosen: a person chose, the engine has yet to write; settled.
  state text NOT NULL CHECK (state IN ('open', 'chosen', 'settled')),
  reason text NOT NULL DEFAULT 'both_changed',
  run_id uuid,
  detected_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  settled_by text,
  PRIMARY KEY (tenant_id, connection_id, id)
);
CREATE UNIQUE INDEX conflict_open ON conflict (tenant_id, connection_id, link_id, field) WHERE state <> 'settled';
CREATE INDEX conflict_recent ON conflict (tenant_id, connection_id, detected_at DESC);

CREATE TABLE run (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  connection_id uuid NOT NULL,
  direction text NOT NULL CHECK (direction IN ('outbound', 'inbound')),
  trigger text NOT NULL CHECK (trigger IN ('schedule', 'threshold', 'manual', 'notice')),
  state text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'paused')),
  -- What it is doing now, for progress: observing_salesforce, observing_platform, writing, …
  stage text,
  counts jsonb NOT NULL DEFAULT '{}',
  calls jsonb NOT NULL DEFAULT '{}',
  error jsonb,
  queued_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  heartbeat_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
-- Never twice at once, and at most one waiting behind it.
CREATE UNIQUE INDEX run_active ON run (tenant_id, connection_id, direction) WHERE state = 'running';
CREATE UNIQUE INDEX run_queued ON run (tenant_id, connection_id, direction) WHERE state = 'queued';
CREATE INDEX run_recent ON run (tenant_id, connection_id, queued_at DESC);

CREATE TABLE outcome (
  tenant_id uuid NOT NULL,
  run_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  link_id bigint,
  object text NOT NULL,
  salesforce_id text,
  platform_id text,
  -- created, updated, linked, unchanged, skipped, failed, stopped.
  kind text NOT NULL,
  code text,
  message text,
  -- Platform field keys that were written or that have an issue: {written: [], issues: [{field, code, message}]}.
  fields jsonb,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, run_id, id)
);
CREATE INDEX outcome_failed ON outcome (tenant_id, run_id, id) WHERE kind = 'failed';

-- Imports that the platform runs on its own time; its callback completes them.
CREATE TABLE platform_import (
  tenant_id uuid NOT NULL,
  ref text NOT NULL,
  completed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, ref)
);

-- One row for each window of a vendor account: the next free slot, and the daily count.
CREATE TABLE budget (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  call_window text NOT NULL,
  next_slot timestamptz NOT NULL DEFAULT 'epoch',
  per_second double precision,
  used integer NOT NULL DEFAULT 0,
  vendor_used integer,
  vendor_limit integer,
  day date,
  PRIMARY KEY (tenant_id, connection_id, call_window)
);

SELECT guard_tenant_table('link');
SELECT guard_tenant_table('platform_index');
SELECT guard_tenant_table('cursor');
SELECT guard_tenant_table('hint');
SELECT guard_tenant_table('conflict');
SELECT guard_tenant_table('run');
SELECT guard_tenant_table('outcome');
SELECT guard_tenant_table('platform_import');
SELECT guard_tenant_table('budget');

-- The pairs that can be synced now, across tenants, for the scheduler: ids alone.
CREATE POLICY owner_lookup ON connection TO CURRENT_USER USING (true);
CREATE FUNCTION connected_pairs() RETURNS TABLE (tenant_id uuid, connection_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT platform.tenant_id, platform.id FROM connection platform
    JOIN connection org ON org.tenant_id = platform.tenant_id AND org.platform = 'salesforce' AND org.state = 'connected'
   WHERE platform.platform <> 'salesforce' AND platform.state = 'connected'
   ORDER BY 1, 2;
$$;
REVOKE ALL ON FUNCTION connected_pairs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION connected_pairs TO syncline_app;
