-- What was last done for a person from their record page, so that a repeat within a short time asks first.

CREATE TABLE person_action (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  link_id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('campaign', 'automation')),
  -- The platform's id of the campaign or automation.
  target_id text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, link_id, kind, target_id),
  FOREIGN KEY (tenant_id, connection_id, link_id) REFERENCES link ON DELETE CASCADE
);

SELECT guard_tenant_table('person_action');
