CREATE TABLE site (
  id bigserial PRIMARY KEY, code varchar(20) NOT NULL, version integer NOT NULL,
  name varchar(120) NOT NULL, village varchar(80) NOT NULL, block varchar(80) NOT NULL,
  district_lgd integer NOT NULL, state_lgd integer NOT NULL,
  lat_thousandths integer, lon_thousandths integer,
  land_status varchar(20) NOT NULL CHECK (land_status IN
    ('raiyati', 'GM', 'protected_forest', 'reserved_forest', 'sanctuary', 'unknown')),
  collection_allowed boolean NOT NULL, remarks varchar(300) NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (code, version)
);
GRANT SELECT, INSERT ON site TO :app;
GRANT USAGE ON SEQUENCE site_id_seq TO :app;
SELECT coop_append_only('site');
