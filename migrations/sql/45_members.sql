CREATE TABLE household (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_no varchar(20) NOT NULL UNIQUE, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON household TO :app;
GRANT USAGE ON SEQUENCE household_id_seq TO :app;
SELECT coop_guard_rows('household');
SELECT coop_append_only('household');

-- What is known of a household, erasable: the household's own row never changes.
CREATE TABLE household_version (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT, version integer NOT NULL,
  head_person_no varchar(12) NOT NULL, head_name varchar(120) NOT NULL,
  village varchar(80) NOT NULL, tola varchar(80) NOT NULL, block varchar(80) NOT NULL,
  district_lgd integer, state_lgd integer, ration_card_no varchar(15) NOT NULL, ration_type varchar(8) NOT NULL,
  caste varchar(8) NOT NULL, pvtg boolean, minority boolean, house varchar(10) NOT NULL,
  land_hundredths_acre integer, migrant varchar(10) NOT NULL,
  salt bytea NOT NULL, recorded_at timestamptz NOT NULL, UNIQUE (household_id, version)
);
GRANT SELECT, INSERT ON household_version TO :app;
GRANT USAGE ON SEQUENCE household_version_id_seq TO :app;
SELECT coop_guard_rows('household_version');

CREATE TABLE person (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_no varchar(12) NOT NULL UNIQUE, household_id bigint REFERENCES household ON DELETE RESTRICT,
  listed_member_no varchar(8) NOT NULL DEFAULT '', recorded_at timestamptz NOT NULL
);
CREATE INDEX person_listed ON person (cooperative_id, listed_member_no) WHERE listed_member_no <> '';
GRANT SELECT, INSERT ON person TO :app;
GRANT USAGE ON SEQUENCE person_id_seq TO :app;
SELECT coop_guard_rows('person');
SELECT coop_append_only('person');

-- Of a child without a guardian's live consent no version row exists: only number and household.
CREATE TABLE person_version (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES person ON DELETE RESTRICT, version integer NOT NULL,
  told_by varchar(16) NOT NULL CHECK (told_by IN ('member_book', 'household_list')),
  name_latin varchar(120) NOT NULL, name_hi varchar(120) NOT NULL,
  relation varchar(8) NOT NULL, relation_name_latin varchar(120) NOT NULL, relation_name_hi varchar(120) NOT NULL,
  sex varchar(1) NOT NULL, dob date, dob_precision varchar(10) NOT NULL,
  village varchar(80) NOT NULL, tola varchar(80) NOT NULL, block varchar(80) NOT NULL,
  district_lgd integer, state_lgd integer, mobile varchar(16) NOT NULL,
  id_kind varchar(16) NOT NULL, id_no varchar(30) NOT NULL, bank_account varchar(18) NOT NULL, ifsc varchar(11) NOT NULL,
  salt bytea NOT NULL, recorded_at timestamptz NOT NULL,
  -- Of the book's row, to know it again; erased with the version.
  row_sha256 bytea NOT NULL, UNIQUE (person_id, version)
);
GRANT SELECT, INSERT ON person_version TO :app;
GRANT USAGE ON SEQUENCE person_version_id_seq TO :app;
SELECT coop_guard_rows('person_version');

CREATE TABLE member (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_no varchar(8) NOT NULL, person_id bigint NOT NULL REFERENCES person ON DELETE RESTRICT,
  admitted_on date NOT NULL, admission_source varchar(60) NOT NULL, provisional boolean NOT NULL,
  shares integer NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (cooperative_id, member_no)
);
-- One person, one full membership, across all cooperatives: the index does not ask who reaches what.
CREATE UNIQUE INDEX member_one_full ON member (person_id) WHERE NOT provisional;
GRANT SELECT, INSERT ON member TO :app;
GRANT USAGE ON SEQUENCE member_id_seq TO :app;
SELECT coop_guard_rows('member');
SELECT coop_append_only('member');

CREATE TABLE member_cessation (
  member_id bigint PRIMARY KEY REFERENCES member ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  ceased_on date NOT NULL, reason varchar(20) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON member_cessation TO :app;
SELECT coop_guard_rows('member_cessation');
SELECT coop_append_only('member_cessation');

CREATE TABLE nominee (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT, version integer NOT NULL,
  name varchar(120) NOT NULL, relation varchar(30) NOT NULL, share_tenths integer NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX nominee_member ON nominee (member_id, version);
GRANT SELECT, INSERT ON nominee TO :app;
GRANT USAGE ON SEQUENCE nominee_id_seq TO :app;
SELECT coop_guard_rows('nominee');

-- What an import left for a person to decide: codes only, never a value.
CREATE TABLE member_question (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT, code varchar(40) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON member_question TO :app;
GRANT USAGE ON SEQUENCE member_question_id_seq TO :app;
SELECT coop_guard_rows('member_question');
SELECT coop_append_only('member_question');
