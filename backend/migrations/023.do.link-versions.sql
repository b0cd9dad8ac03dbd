-- All links draw their versions from one sequence, so that a version tells not only whether a link was changed since it
-- was read, but also whether it was changed since any other moment: whoever asks a vendor for records notes how far
-- the versions have come, and what is answered counts for nothing beside a link that was changed after that.
-- It begins above all that an integer held.
CREATE SEQUENCE link_version;
SELECT setval('link_version', 2147483648);
ALTER TABLE link ALTER COLUMN version TYPE bigint, ALTER COLUMN version SET DEFAULT nextval('link_version');
ALTER SEQUENCE link_version OWNED BY link.version;
GRANT USAGE, SELECT ON SEQUENCE link_version TO syncline_app;
