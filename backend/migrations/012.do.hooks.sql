-- Where platforms call us: one secret address for each connection, found by its hash.

CREATE TABLE hook (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
  -- The id of the webhook that is registered at the platform, null while there is none.
  platform_hook_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_called_at timestamptz,
  PRIMARY KEY (tenant_id, connection_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connection ON DELETE CASCADE
);

SELECT guard_tenant_table('hook');
CREATE POLICY owner_lookup ON hook TO CURRENT_USER USING (true);

-- Whose hook an address is; only of a live connection.
CREATE FUNCTION find_hook(hash bytea) RETURNS TABLE (tenant_id uuid, connection_id uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT h.tenant_id, h.connection_id FROM hook h
      JOIN connection c ON c.tenant_id = h.tenant_id AND c.id = h.connection_id
     WHERE h.secret_hash = hash AND c.state <> 'disconnected';
  UPDATE hook SET last_called_at = now()
   WHERE secret_hash = hash AND (last_called_at IS NULL OR last_called_at < now() - interval '1 minute');
END
$$;
REVOKE ALL ON FUNCTION find_hook FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_hook TO syncline_app;
