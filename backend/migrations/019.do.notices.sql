-- When somebody last said that there is something to read: a batch that started before owes another look.
ALTER TABLE schedule ADD COLUMN noticed_at timestamptz;
