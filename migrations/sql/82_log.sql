-- The public log of receipts: leaves in order, signed checkpoints, bearer tokens, states of keys.

-- What became of a signing key: 1 retired, 2 compromised since. The last row of a key holds.
CREATE TABLE receipt_key_state (
  id bigserial PRIMARY KEY, kid bytea NOT NULL REFERENCES receipt_key ON DELETE RESTRICT,
  state smallint NOT NULL CHECK (state IN (1, 2)),
  compromised_from timestamptz CHECK ((state = 2) = (compromised_from IS NOT NULL)),
  recorded_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL
);
CREATE INDEX receipt_key_state_kid ON receipt_key_state (kid, id DESC);
GRANT SELECT, INSERT ON receipt_key_state TO :app;
GRANT USAGE ON SEQUENCE receipt_key_state_id_seq TO :app;
SELECT coop_append_only('receipt_key_state');

-- Public keys of the log (type 1, its name is the log's origin) and of witnesses (type 4).
CREATE TABLE log_key (
  id bigserial PRIMARY KEY, name varchar(200) NOT NULL CHECK (name <> ''),
  type smallint NOT NULL CHECK (type IN (1, 4)), x bytea NOT NULL CHECK (octet_length(x) = 32),
  recorded_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL,
  UNIQUE (name, type, x)
);
GRANT SELECT, INSERT ON log_key TO :app;
GRANT USAGE ON SEQUENCE log_key_id_seq TO :app;
SELECT coop_append_only('log_key');

-- 1 retired: signs no more, what it signed is believed. 2 withdrawn: out of the list. The last row holds.
CREATE TABLE log_key_state (
  id bigserial PRIMARY KEY, log_key_id bigint NOT NULL REFERENCES log_key ON DELETE RESTRICT,
  state smallint NOT NULL CHECK (state IN (1, 2)),
  recorded_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL
);
CREATE INDEX log_key_state_key ON log_key_state (log_key_id, id DESC);
GRANT SELECT, INSERT ON log_key_state TO :app;
GRANT USAGE ON SEQUENCE log_key_state_id_seq TO :app;
SELECT coop_append_only('log_key_state');

-- One leaf a receipt, numbered from 0. Each but the first refers to the one before: no gap can be written.
CREATE TABLE log_leaf (
  leaf_index bigint PRIMARY KEY CHECK (leaf_index >= 0),
  receipt_id bigint NOT NULL UNIQUE REFERENCES receipt (id) ON DELETE RESTRICT,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  previous bigint GENERATED ALWAYS AS (nullif(leaf_index, 0) - 1) STORED REFERENCES log_leaf ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON log_leaf TO :app;
SELECT coop_append_only('log_leaf');

-- Full tiles: 256 hashes of a level side by side, and the one hash over them, which the next level holds.
CREATE TABLE log_tile (
  level smallint NOT NULL CHECK (level >= 0), n bigint NOT NULL CHECK (n >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192), root bytea NOT NULL CHECK (octet_length(root) = 32),
  PRIMARY KEY (level, n)
);
ALTER TABLE log_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
GRANT SELECT, INSERT ON log_tile TO :app;
SELECT coop_append_only('log_tile');

-- Every checkpoint that was signed, as it was served.
CREATE TABLE log_checkpoint (
  id bigserial PRIMARY KEY, size bigint NOT NULL CHECK (size >= 0),
  root bytea NOT NULL CHECK (octet_length(root) = 32), note bytea NOT NULL, signed_at timestamptz NOT NULL
);
CREATE INDEX log_checkpoint_size ON log_checkpoint (size, id DESC);
GRANT SELECT, INSERT ON log_checkpoint TO :app;
GRANT USAGE ON SEQUENCE log_checkpoint_id_seq TO :app;
SELECT coop_append_only('log_checkpoint');

-- What witnesses signed of our checkpoints. seen_at: the time in the witness's own line.
CREATE TABLE log_cosignature (
  id bigserial PRIMARY KEY, log_key_id bigint NOT NULL REFERENCES log_key ON DELETE RESTRICT,
  size bigint NOT NULL CHECK (size >= 0), seen_at timestamptz NOT NULL, line varchar(400) NOT NULL,
  received_at timestamptz NOT NULL, received_by varchar(80) NOT NULL,
  UNIQUE (log_key_id, size, seen_at)
);
CREATE INDEX log_cosignature_size ON log_cosignature (size, seen_at);
GRANT SELECT, INSERT ON log_cosignature TO :app;
GRANT USAGE ON SEQUENCE log_cosignature_id_seq TO :app;
SELECT coop_append_only('log_cosignature');

-- Receipts that wait for their leaf. Ids are drawn before they are committed, so their order tells
-- nothing of what is still to come; this queue is written in the very transaction of the receipt.
-- It is emptied all the time, so its dead rows go early.
CREATE TABLE log_waiting (receipt_id bigint PRIMARY KEY)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
GRANT SELECT, DELETE ON log_waiting TO :app;

CREATE FUNCTION coop_receipt_waits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO log_waiting SELECT id FROM posted;
  RETURN NULL;
END $$;
CREATE TRIGGER receipt_waits AFTER INSERT ON receipt REFERENCING NEW TABLE AS posted
  FOR EACH STATEMENT EXECUTE FUNCTION coop_receipt_waits();
INSERT INTO log_waiting SELECT id FROM receipt;

-- Bearer tokens of witnesses; the token is kept as its SHA-256 only.
CREATE TABLE witness_token (
  id bigserial PRIMARY KEY, name varchar(80) NOT NULL CHECK (name <> ''),
  token_sha256 bytea NOT NULL UNIQUE CHECK (octet_length(token_sha256) = 32),
  recorded_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON witness_token TO :app;
GRANT USAGE ON SEQUENCE witness_token_id_seq TO :app;
SELECT coop_append_only('witness_token');

CREATE TABLE witness_token_revocation (
  token_id bigint PRIMARY KEY REFERENCES witness_token ON DELETE RESTRICT,
  revoked_at timestamptz NOT NULL, revoked_by varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON witness_token_revocation TO :app;
SELECT coop_append_only('witness_token_revocation');
