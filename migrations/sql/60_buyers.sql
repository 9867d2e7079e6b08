CREATE TABLE buyer (
  id bigserial PRIMARY KEY, buyer_code varchar(12) NOT NULL, version integer NOT NULL,
  name varchar(160) NOT NULL, kind varchar(12) NOT NULL, town varchar(80) NOT NULL,
  district_lgd integer, state_lgd integer, gstin varchar(20) NOT NULL, pan varchar(12) NOT NULL,
  dealer_licence_no varchar(40) NOT NULL, licence_from date, licence_to date,
  suspended_from date, suspended_to date, suspension_reason varchar(200) NOT NULL,
  undertaking_signed_on date, recorded_at timestamptz NOT NULL, UNIQUE (buyer_code, version)
);
GRANT SELECT, INSERT ON buyer TO :app;
GRANT USAGE ON SEQUENCE buyer_id_seq TO :app;
SELECT coop_append_only('buyer');
