-- When a hint was last given. What was read of a record since then answers it, so that nobody looks twice.
ALTER TABLE hint ADD COLUMN asked_at timestamptz NOT NULL DEFAULT now();
