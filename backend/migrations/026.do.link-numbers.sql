-- A link may get its number before it is stored: who is created on the other side in the run that saw them is stored once,
-- with the answer.
GRANT USAGE ON SEQUENCE link_id_seq TO syncline_app;
