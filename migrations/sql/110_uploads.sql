-- A list between its preview and its booking: sealed with a key that stands in the person's page only,
-- gone after half an hour or with the booking. Nobody else reads or ends it.
CREATE TABLE import_upload (
  id uuid PRIMARY KEY, held_by varchar(80) NOT NULL,
  kind varchar(20) NOT NULL, cooperative varchar(10) NOT NULL,
  file_sha256 varchar(64) NOT NULL CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 9000000), held_at timestamptz NOT NULL
);
CREATE INDEX import_upload_held ON import_upload (held_at);
GRANT SELECT, INSERT, DELETE ON import_upload TO :app;
ALTER TABLE import_upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY ones_own ON import_upload USING (
  held_by = current_setting('coop.actor', true) OR current_setting('coop.actor', true) = 'system');

-- What became of it, once: the second press of the button is answered with this row.
CREATE TABLE import_booking (
  upload_id uuid PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  booked_by varchar(80) NOT NULL, booked_at timestamptz NOT NULL,
  kind varchar(20) NOT NULL, file_sha256 varchar(64) NOT NULL, keep_good boolean NOT NULL,
  accepted integer NOT NULL, warned integer NOT NULL, replay integer NOT NULL, unchanged integer NOT NULL,
  refused integer NOT NULL, posted integer NOT NULL,
  CHECK (least(accepted, warned, replay, unchanged, refused, posted) >= 0)
);
CREATE INDEX import_booking_newest ON import_booking (booked_at DESC);
GRANT SELECT, INSERT ON import_booking TO :app;
SELECT coop_guard_rows('import_booking');
SELECT coop_append_only('import_booking');
