-- Has PostgreSQL look at the tables that a first sync fills. By itself it does so once a minute at most, and after a
-- tenth of a table has changed. A tenant that it has not seen yet counts as a small one: all its rows are then read
-- for every batch, instead of those whose keys are asked for. Columns that no key has do not matter for that.
CREATE FUNCTION refresh_statistics() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  -- Where somebody looks at a table already, that is enough.
  ANALYZE (SKIP_LOCKED)
    link (tenant_id, connection_id, id, object, salesforce_id, platform_id, state, outbound_due, inbound_due),
    platform_index, hint;
END
$$;
REVOKE ALL ON FUNCTION refresh_statistics FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_statistics TO syncline_app;
