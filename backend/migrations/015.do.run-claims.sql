-- Runs are taken up by turns: by one worker after another, and by one at a time.

-- Rises with every taking-up: a worker that was thought dead and comes back speaks for the run no more.
ALTER TABLE run ADD COLUMN claim integer NOT NULL DEFAULT 0;
-- Whether it works on a complete read, which a worker that goes on with it has to know.
ALTER TABLE run ADD COLUMN backfill boolean NOT NULL DEFAULT false;
-- A worker let go of it so that others have their turn; null while one has it.
ALTER TABLE run ADD COLUMN given_back_at timestamptz;
CREATE INDEX run_open ON run (queued_at) WHERE state IN ('queued', 'running');

-- Whether a run of anybody has waited for a worker since then. One behind another of its own kind waits for that.
CREATE POLICY owner_lookup ON run TO CURRENT_USER USING (true);
CREATE FUNCTION runs_wait(since timestamptz) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (
    SELECT FROM run WHERE state IN ('queued', 'running')
       AND (given_back_at <= since
         OR (state = 'queued' AND queued_at <= since AND NOT EXISTS (
              SELECT FROM run other
               WHERE other.tenant_id = run.tenant_id AND other.connection_id = run.connection_id
                 AND other.direction = run.direction AND other.state = 'running'))));
$$;
REVOKE ALL ON FUNCTION runs_wait FROM PUBLIC;
GRANT EXECUTE ON FUNCTION runs_wait TO syncline_app;
