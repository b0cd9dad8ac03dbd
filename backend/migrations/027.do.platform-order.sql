-- One index both keeps a contact or account from standing there twice and puts them in the order of their numbers: every
-- row of a first sync is written into one index less.
ALTER TABLE platform_index DROP CONSTRAINT platform_index_pkey;
DROP INDEX platform_index_order;
CREATE UNIQUE INDEX platform_index_order
  ON platform_index (tenant_id, connection_id, object, length(platform_id), platform_id);
