-- Tags by which contacts were asked for, as far as they were seen: a tag stays on its contact and asks once.
CREATE TABLE request_tag (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  platform_id text NOT NULL,
  -- create_lead, create_contact.
  reason text NOT NULL,
  -- The platform's id of the tag on this contact: put on again, it has another one.
  tag_id text NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, platform_id, reason)
);

SELECT guard_tenant_table('request_tag');
