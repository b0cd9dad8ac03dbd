-- The primary key puts contacts and accounts in the order of their numbers, which are text: every row of a first sync is
-- written into one index less.
ALTER TABLE platform_index DROP CONSTRAINT platform_index_pkey;
DROP INDEX platform_index_order;
ALTER TABLE platform_index
  ADD COLUMN id_length smallint GENERATED ALWAYS AS (length(platform_id)) STORED,
  ADD PRIMARY KEY (tenant_id, connection_id, object, id_length, platform_id);
