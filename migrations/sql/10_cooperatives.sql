CREATE TABLE cooperative (
  id bigserial PRIMARY KEY,
  code varchar(10) NOT NULL UNIQUE CHECK (code ~ '^[A-Z0-9]{3,10}$'),
  name_en varchar(200) NOT NULL, name_hi varchar(200) NOT NULL,
  block varchar(80) NOT NULL, district_lgd integer NOT NULL, state_lgd integer NOT NULL,
  recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON cooperative TO :app;
GRANT USAGE ON SEQUENCE cooperative_id_seq TO :app;
SELECT coop_append_only('cooperative');

CREATE TABLE collection_centre (
  id bigserial PRIMARY KEY,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  code varchar(20) NOT NULL UNIQUE, name varchar(120) NOT NULL, village varchar(80) NOT NULL,
  block varchar(80) NOT NULL, district_lgd integer NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON collection_centre TO :app;
GRANT USAGE ON SEQUENCE collection_centre_id_seq TO :app;
SELECT coop_guard_rows('collection_centre');
SELECT coop_append_only('collection_centre');

-- A scale's phone or laptop. The token is kept as its SHA-256 only; a device of a list has none yet.
CREATE TABLE device (
  id bigserial PRIMARY KEY,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  centre_id bigint NOT NULL REFERENCES collection_centre ON DELETE RESTRICT,
  code varchar(24) NOT NULL UNIQUE, token_sha256 bytea UNIQUE, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON device TO :app;
GRANT USAGE ON SEQUENCE device_id_seq TO :app;
SELECT coop_guard_rows('device');
SELECT coop_append_only('device');

CREATE TABLE device_revocation (
  device_id bigint PRIMARY KEY REFERENCES device ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  revoked_at timestamptz NOT NULL, revoked_by varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON device_revocation TO :app;
SELECT coop_guard_rows('device_revocation');
SELECT coop_append_only('device_revocation');

-- The clerk who opened a device for a day; the last row of the day is the one on duty.
CREATE TABLE device_duty (
  id bigserial PRIMARY KEY,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  device_id bigint NOT NULL REFERENCES device ON DELETE RESTRICT,
  clerk_id bigint NOT NULL, day date NOT NULL, opened_at timestamptz NOT NULL
);
CREATE INDEX device_duty_day ON device_duty (device_id, day, id);
GRANT SELECT, INSERT ON device_duty TO :app;
GRANT USAGE ON SEQUENCE device_duty_id_seq TO :app;
SELECT coop_guard_rows('device_duty');
SELECT coop_append_only('device_duty');

-- Facts that change: one row a value and a day it holds from, with its source. NULL: every cooperative.
CREATE TABLE bylaw (
  id bigserial PRIMARY KEY,
  cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  name varchar(60) NOT NULL, value numeric(20, 4) NOT NULL, unit varchar(20) NOT NULL,
  holds_from date NOT NULL, source varchar(300) NOT NULL, verified boolean NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX bylaw_name ON bylaw (name, holds_from DESC, id DESC);
GRANT SELECT, INSERT ON bylaw TO :app;
GRANT USAGE ON SEQUENCE bylaw_id_seq TO :app;
ALTER TABLE bylaw ENABLE ROW LEVEL SECURITY;
CREATE POLICY within_reach ON bylaw USING (
  cooperative_id IS NULL OR (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
SELECT coop_append_only('bylaw');

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('adult_age', 18, 'years', '1900-01-01', 'Child and Adolescent Labour (Prohibition and Regulation) Act 1986, s.3A with Schedule Part A: nobody under 18 in mines', true, now()),
 ('oldest_age', 110, 'years', '1900-01-01', 'Own limit for a date of birth that was mistyped', true, now()),
 ('most_gross', 200000, 'grams', '1900-01-01', 'Own limit for grams typed as kilograms; a bag holds 30 to 50 kg', true, now()),
 ('moisture_base', 2, 'per cent', '1900-01-01', 'Own rule for payable weight, to be confirmed by the agency', false, now()),
 ('waste_base', 5, 'per cent', '1900-01-01', 'Own rule for payable weight, to be confirmed by the agency', false, now()),
 ('cash_limit', 1000000, 'paise', '1900-01-01', 'Income-tax Act 1961 s.40A(3), from 1 April 2026 Income-tax Act 2025 s.36(4)-(7): 10,000 rupees a payee and day', true, now()),
 ('device_ahead', 300, 'seconds', '1900-01-01', 'Own limit for a device clock that runs ahead', true, now()),
 ('device_late', 259200, 'seconds', '1900-01-01', 'Own limit: an entry older than 72 hours waits for a manager', true, now());
