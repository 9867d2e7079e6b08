CREATE TABLE grade (
  code integer PRIMARY KEY CHECK (code > 0), name_en varchar(120) NOT NULL, name_hi varchar(120) NOT NULL,
  hsn varchar(8) NOT NULL, unit varchar(4) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON grade TO :app;
SELECT coop_append_only('grade');

CREATE TABLE price_notice_line (
  id bigserial PRIMARY KEY, notice_no varchar(30) NOT NULL, published_at timestamptz NOT NULL,
  effective_from timestamptz NOT NULL, effective_to timestamptz,
  district_lgd integer NOT NULL, grade_code integer NOT NULL REFERENCES grade ON DELETE RESTRICT,
  picker_floor_paise bigint NOT NULL CHECK (picker_floor_paise > 0),
  buyer_floor_paise bigint NOT NULL CHECK (buyer_floor_paise >= picker_floor_paise),
  premium_paise bigint NOT NULL CHECK (premium_paise >= 0),
  authority varchar(120) NOT NULL, reference varchar(200) NOT NULL, supersedes varchar(30) NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (effective_to IS NULL OR effective_to > effective_from),
  UNIQUE (notice_no, district_lgd, grade_code, effective_from)
);
GRANT SELECT, INSERT ON price_notice_line TO :app;
GRANT USAGE ON SEQUENCE price_notice_line_id_seq TO :app;
SELECT coop_append_only('price_notice_line');

-- Which notice is in force when, worked out at publishing. Never two at once.
CREATE TABLE price_period (
  id bigserial PRIMARY KEY, district_lgd integer NOT NULL, grade_code integer NOT NULL,
  during tstzrange NOT NULL, line_id bigint NOT NULL REFERENCES price_notice_line ON DELETE RESTRICT,
  EXCLUDE USING gist (district_lgd WITH =, grade_code WITH =, during WITH &&)
);
GRANT SELECT, INSERT, DELETE ON price_period TO :app;
GRANT USAGE ON SEQUENCE price_period_id_seq TO :app;
