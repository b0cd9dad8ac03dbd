-- The role that the service works as, and what every tenant's table has in common.

-- Roles belong to the whole cluster, so another schema's migration may create it at the same time.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'syncline_app') THEN
    CREATE ROLE syncline_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- A migrating role that is no superuser must be a member to act as syncline_app, even if it has just created it.
-- Where it may not make itself one, it was made one before.
DO $$
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT syncline_app TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO syncline_app', current_schema());
END
$$;

REVOKE ALL ON schema_version FROM PUBLIC;
GRANT SELECT ON schema_version TO syncline_app;

-- The tenant that the transaction was opened for, null outside of one.
CREATE FUNCTION current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.tenant', true), '')::uuid;

-- Forces row-level security on a tenant's table, for its owner too (invariant 9), and lets the service use it.
CREATE FUNCTION guard_tenant_table(name text, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
  RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format(
    'CREATE POLICY tenant ON %I USING (tenant_id = (SELECT nullif(current_setting(''app.tenant'', true), '''')::uuid))',
    name
  );
  EXECUTE format('GRANT %s ON %I TO syncline_app', privileges, name);
END
$$;
REVOKE ALL ON FUNCTION guard_tenant_table FROM PUBLIC;
