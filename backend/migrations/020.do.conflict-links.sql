-- The last conflict of a link's field: a decision whose write is tried again is recorded once.
CREATE INDEX conflict_link ON conflict (tenant_id, connection_id, link_id, field, id);
