-- Attempts to authorize Salesforce in a browser, from the link to what came of it.

CREATE TABLE oauth_attempt (
  tenant_id uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- SHA-256 of the state that the browser carries.
  state_hash bytea NOT NULL UNIQUE CHECK (length(state_hash) = 32),
  -- The PKCE verifier, sealed; forgotten as soon as it was used.
  verifier bytea,
  login_url text NOT NULL,
  return_url text,
  outcome text NOT NULL DEFAULT 'pending' CHECK (outcome IN ('pending', 'answered', 'connected', 'failed')),
  -- A code of the error catalogue when it failed.
  code text,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX oauth_attempt_expires ON oauth_attempt (expires_at);

SELECT guard_tenant_table('oauth_attempt');
CREATE POLICY owner_lookup ON oauth_attempt TO CURRENT_USER USING (true);

-- Takes the attempt that a browser came back with; a second time there is none.
CREATE FUNCTION answer_oauth_attempt(hash bytea)
  RETURNS TABLE (tenant_id uuid, id uuid, verifier bytea, login_url text, return_url text, expired boolean)
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH before AS (
    SELECT a.tenant_id, a.id, a.verifier FROM oauth_attempt a
     WHERE a.state_hash = hash AND a.outcome = 'pending' FOR UPDATE)
  UPDATE oauth_attempt a SET outcome = 'answered', verifier = NULL
    FROM before b
   WHERE a.tenant_id = b.tenant_id AND a.id = b.id AND a.outcome = 'pending'
  RETURNING a.tenant_id, a.id, b.verifier, a.login_url, a.return_url, a.expires_at <= now();
$$;

REVOKE ALL ON FUNCTION answer_oauth_attempt FROM PUBLIC;
GRANT EXECUTE ON FUNCTION answer_oauth_attempt TO syncline_app;
