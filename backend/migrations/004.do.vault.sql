-- Envelope encryption: a random data key for each tenant, itself encrypted under a master key that is not in the database.

CREATE TABLE data_key (
  tenant_id uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant ON DELETE CASCADE,
  version integer NOT NULL CHECK (version > 0),
  master_key_id text NOT NULL,
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, version)
);
CREATE INDEX data_key_master ON data_key (master_key_id);

-- A known text under each master key, so that a wrong key is recognised before it is used. Holds nothing of a tenant.
CREATE TABLE master_key (
  id text PRIMARY KEY,
  check_value bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON master_key TO syncline_app;

SELECT guard_tenant_table('data_key');
CREATE POLICY owner_lookup ON data_key TO CURRENT_USER USING (true);

-- Which master keys are needed to open what is stored.
CREATE FUNCTION master_keys_in_use() RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT DISTINCT master_key_id FROM data_key;
$$;

-- Tenants with a data key that is not under the given master key, some at a time.
CREATE FUNCTION tenants_under_other_master_keys(current_id text, up_to integer) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT DISTINCT tenant_id FROM data_key WHERE master_key_id <> current_id LIMIT up_to;
$$;

REVOKE ALL ON FUNCTION master_keys_in_use, tenants_under_other_master_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION master_keys_in_use, tenants_under_other_master_keys TO syncline_app;
