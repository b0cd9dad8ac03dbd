-- How much a run has to do, and since when it does it: {total, since, done}; times are epoch milliseconds.
ALTER TABLE run ADD COLUMN pace jsonb;
