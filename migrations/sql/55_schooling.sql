CREATE TABLE school (
  id bigserial PRIMARY KEY, udise varchar(11) NOT NULL, version integer NOT NULL,
  name varchar(160) NOT NULL, name_hi varchar(160) NOT NULL, category varchar(20) NOT NULL,
  lowest_class integer NOT NULL, highest_class integer NOT NULL, management varchar(10) NOT NULL,
  village varchar(80) NOT NULL, block varchar(80) NOT NULL, district_lgd integer NOT NULL,
  closed_on date, successor_udise varchar(11) NOT NULL, recorded_at timestamptz NOT NULL, UNIQUE (udise, version)
);
GRANT SELECT, INSERT ON school TO :app;
GRANT USAGE ON SEQUENCE school_id_seq TO :app;
SELECT coop_append_only('school');

-- A school's register names children. The application may lay it down and count it, not read it:
-- the part that checks enrolment reads it through a role of its own.
CREATE TABLE enrolment_row (
  id bigserial PRIMARY KEY, row_sha256 bytea NOT NULL UNIQUE, register_sha256 bytea NOT NULL, row_no integer NOT NULL,
  udise varchar(11) NOT NULL, class_no smallint, section varchar(10) NOT NULL, admission_no varchar(20) NOT NULL,
  pupil_name varchar(120) NOT NULL, father_name varchar(120) NOT NULL, mother_name varchar(120) NOT NULL,
  dob date, sex varchar(1) NOT NULL, last_attended_on date, days_present integer, days_open integer, tc_date date,
  recorded_at timestamptz NOT NULL
);
GRANT INSERT, SELECT (id, row_sha256, register_sha256, row_no) ON enrolment_row TO :app;
GRANT USAGE ON SEQUENCE enrolment_row_id_seq TO :app;
