-- Whether the link came with a first, complete read: no automations are to run for its creation, whichever run writes it.
ALTER TABLE link ADD COLUMN from_backfill boolean;
