-- Tenants, the tokens that speak for them, and the set-up that makes them.

-- A tenant is pending until Salesforce itself has said which org is behind it.
CREATE TABLE tenant (
  tenant_id uuid PRIMARY KEY,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'active')),
  -- 18 characters. While the tenant is pending it is a claim and nothing more.
  org_id text NOT NULL CHECK (org_id ~ '^00D[A-Za-z0-9]{15}$'),
  instance_url text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  activated_at timestamptz
);
CREATE UNIQUE INDEX tenant_org ON tenant (org_id) WHERE state = 'active';
CREATE INDEX tenant_pending ON tenant (created_at) WHERE state = 'pending';

-- Of a token only its SHA-256 is kept: a copy of this table opens nothing.
CREATE TABLE org_token (
  tenant_id uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

-- What the package said of itself when it asked to be set up. Its token works for so long, and for good once the org is proven.
CREATE TABLE setup_session (
  tenant_id uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  token_id uuid NOT NULL,
  instance_url text NOT NULL,
  package_version text,
  user_id text,
  admin_email text,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  proven_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, token_id) REFERENCES org_token ON DELETE CASCADE
);
CREATE INDEX setup_session_token ON setup_session (tenant_id, token_id);

SELECT guard_tenant_table('tenant', 'SELECT, INSERT, UPDATE, DELETE');
SELECT guard_tenant_table('org_token');
SELECT guard_tenant_table('setup_session');

-- The functions below look across tenants for the service, which cannot. They run as the owner of the tables, whom
-- forced row-level security would stop as well unless it is a superuser.
CREATE POLICY owner_lookup ON tenant TO CURRENT_USER USING (true);
CREATE POLICY owner_lookup ON org_token TO CURRENT_USER USING (true);
CREATE POLICY owner_lookup ON setup_session TO CURRENT_USER USING (true);

-- Whom a token speaks for: nobody if it is unknown or revoked, or was issued to a set-up that ended unproven.
CREATE FUNCTION authenticate_token(hash bytea)
  RETURNS TABLE (tenant_id uuid, token_id uuid, token_hash bytea, state text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT o.tenant_id, o.id, o.token_hash, t.state
      FROM org_token o
      JOIN tenant t ON t.tenant_id = o.tenant_id
     WHERE o.token_hash = hash
       AND o.revoked_at IS NULL
       AND (t.state = 'active' OR EXISTS (
             SELECT FROM setup_session s
              WHERE s.tenant_id = o.tenant_id AND s.token_id = o.id AND s.expires_at > now()));
  UPDATE org_token SET last_used_at = now()
   WHERE token_hash = hash AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
END
$$;

-- Gives the org to the tenant of the transaction if no tenant has it yet. Answers whose it is.
CREATE FUNCTION claim_org(org text) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  holder uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claim_org:' || org, 0));
  SELECT tenant_id INTO holder FROM tenant WHERE org_id = org AND state = 'active';
  IF holder IS NULL THEN
    UPDATE tenant SET state = 'active', activated_at = now()
     WHERE tenant_id = current_tenant() AND org_id = org AND state = 'pending'
    RETURNING tenant_id INTO holder;
  END IF;
  RETURN holder;
END
$$;

-- Forgets set-ups that ended unproven, some at a time.
CREATE FUNCTION purge_unproven(older_than interval) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH gone AS (
    DELETE FROM tenant
     WHERE tenant_id IN (
       SELECT tenant_id FROM tenant
        WHERE state = 'pending' AND created_at < now() - older_than
        ORDER BY created_at LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone;
$$;

REVOKE ALL ON FUNCTION authenticate_token, claim_org, purge_unproven FROM PUBLIC;
GRANT EXECUTE ON FUNCTION authenticate_token, claim_org, purge_unproven TO syncline_app;
