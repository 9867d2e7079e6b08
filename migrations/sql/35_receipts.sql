-- Public halves of signing keys. The private ones stand in files outside the database.
CREATE TABLE receipt_key (
  kid bytea PRIMARY KEY CHECK (octet_length(kid) = 8), x bytea NOT NULL CHECK (octet_length(x) = 32),
  cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  not_before timestamptz NOT NULL, not_after timestamptz NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON receipt_key TO :app;
SELECT coop_append_only('receipt_key');

-- The agency's signed list as served; the highest number is the one in force.
CREATE TABLE trust_list (
  seq bigint PRIMARY KEY, issued_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, signed bytea NOT NULL
);
GRANT SELECT, INSERT ON trust_list TO :app;
SELECT coop_append_only('trust_list');

CREATE TABLE status_list (n integer PRIMARY KEY, opened_at timestamptz NOT NULL);
GRANT SELECT, INSERT ON status_list TO :app;
SELECT coop_append_only('status_list');
INSERT INTO status_list VALUES (0, now());

CREATE TABLE receipt (
  id bigserial NOT NULL UNIQUE,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fy integer NOT NULL, kind smallint NOT NULL CHECK (kind IN (1, 2, 3)), no bigint NOT NULL CHECK (no >= 1),
  cti bytea NOT NULL UNIQUE CHECK (octet_length(cti) = 10), sidx bigint NOT NULL UNIQUE,
  issued_at timestamptz NOT NULL, signed bytea NOT NULL,
  PRIMARY KEY (cooperative_id, fy, kind, no)
);
GRANT SELECT, INSERT ON receipt TO :app;
GRANT USAGE ON SEQUENCE receipt_id_seq TO :app;
SELECT coop_guard_rows('receipt');
SELECT coop_append_only('receipt');

-- Void, held and replaced receipts: a later row of the same receipt overrides the earlier.
CREATE TABLE receipt_status (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  sidx bigint NOT NULL REFERENCES receipt (sidx) ON DELETE RESTRICT,
  status smallint NOT NULL CHECK (status BETWEEN 0 AND 3), at timestamptz NOT NULL, reason varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON receipt_status TO :app;
GRANT USAGE ON SEQUENCE receipt_status_id_seq TO :app;
SELECT coop_guard_rows('receipt_status');
SELECT coop_append_only('receipt_status');

-- A stranger's question about indexes, not rows: which of these are taken, in any cooperative.
CREATE FUNCTION coop_taken_indexes(wanted bigint[]) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT coalesce(array_agg(sidx), '{}') FROM receipt WHERE sidx = ANY (wanted) $$;

CREATE FUNCTION coop_statuses(list_no integer) RETURNS TABLE (sidx bigint, status smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT DISTINCT ON (s.sidx) s.sidx, s.status FROM receipt_status s
   WHERE s.sidx >> 17 = list_no ORDER BY s.sidx, s.id DESC $$;
REVOKE ALL ON FUNCTION coop_taken_indexes(bigint[]), coop_statuses(integer) FROM public;
GRANT EXECUTE ON FUNCTION coop_taken_indexes(bigint[]), coop_statuses(integer) TO :app;
