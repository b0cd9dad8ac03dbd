-- What was told of an item: `message` is a text, or, where `message_values` is not null, a template such as
-- "“{field}” in Salesforce must not be empty." with the values of its places. It is put into words when it is read, in
-- the reader's language. The messages of links' problems, of issues and of runs' errors hold both in their JSON.
ALTER TABLE outcome ADD COLUMN message_values jsonb;
