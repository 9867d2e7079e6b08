-- Consents of guardians, school checks and their evidence, follow-up.
-- All of it belongs to a role of its own, <database>_school: the application's role, as which weighing,
-- sales and payments work, has no right here. Schooling's own statements take that role for a while.
GRANT SELECT ON cooperative, household, household_version, household_move, person, person_home, person_version, member, bylaw, school TO :school;
GRANT SELECT, UPDATE ON audit_head TO :school;
GRANT SELECT, INSERT ON audit_entry, audit_read TO :school;
GRANT USAGE ON SEQUENCE audit_entry_id_seq, audit_read_id_seq TO :school;
GRANT SELECT, INSERT, DELETE ON enrolment_row TO :school;
GRANT USAGE ON SEQUENCE enrolment_row_id_seq TO :school;
CREATE INDEX enrolment_row_pupil ON enrolment_row (udise, admission_no);

-- A row that may be erased, but never changed: what is kept of a child without an end to its keeping.
CREATE FUNCTION coop_refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is not changed: erased with its child, or a new row', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION coop_erasable(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER erasable BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION coop_refuse_rewrite()', guarded);
  EXECUTE format('CREATE TRIGGER erasable_whole BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION coop_refuse_rewrite()', guarded);
END $$;

-- Who is listed as a child: number and household stand in person, and nothing else of them.
CREATE TABLE child (
  person_id bigint PRIMARY KEY REFERENCES person ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON child TO :school;
SELECT coop_guard_rows('child');
SELECT coop_append_only('child');
-- Lists loaded before this part stood left children bare: neither a version nor a membership.
INSERT INTO child SELECT p.id, p.cooperative_id, p.recorded_at FROM person p
  WHERE NOT EXISTS (SELECT FROM person_version v WHERE v.person_id = p.id)
    AND NOT EXISTS (SELECT FROM member m WHERE m.person_id = p.id);

-- Only with a guardian's live consent to the look-up. No photo, place, attendance or remark.
CREATE TABLE child_version (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT, version integer NOT NULL,
  name_latin varchar(120) NOT NULL, name_hi varchar(120) NOT NULL, sex varchar(1) NOT NULL,
  dob date, dob_precision varchar(10) NOT NULL, father_name varchar(120) NOT NULL, mother_name varchar(120) NOT NULL,
  disability_pct smallint CHECK (disability_pct BETWEEN 0 AND 100),
  salt bytea NOT NULL CHECK (octet_length(salt) = 16), recorded_at timestamptz NOT NULL, UNIQUE (person_id, version)
);
GRANT SELECT, INSERT, DELETE ON child_version TO :school;
GRANT USAGE ON SEQUENCE child_version_id_seq TO :school;
SELECT coop_guard_rows('child_version');
SELECT coop_erasable('child_version');

-- Who is a child's guardian from and until when; NULL: since before it was recorded.
CREATE TABLE guardianship (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT,
  guardian_person_id bigint NOT NULL REFERENCES person ON DELETE RESTRICT,
  relation varchar(20) NOT NULL, from_day date, recorded_at timestamptz NOT NULL
);
CREATE INDEX guardianship_child ON guardianship (person_id);
GRANT SELECT, INSERT, DELETE ON guardianship TO :school;
GRANT USAGE ON SEQUENCE guardianship_id_seq TO :school;
SELECT coop_guard_rows('guardianship');
SELECT coop_erasable('guardianship');
CREATE TABLE guardianship_end (
  guardianship_id bigint PRIMARY KEY REFERENCES guardianship ON DELETE CASCADE,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  until_day date NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON guardianship_end TO :school;
SELECT coop_guard_rows('guardianship_end');
SELECT coop_erasable('guardianship_end');

-- What a guardian answered, purpose by purpose; the last row of a purpose holds. The trace that stays.
CREATE TABLE guardian_consent (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT,
  guardian_person_id bigint REFERENCES person ON DELETE RESTRICT,
  purpose varchar(12) NOT NULL CHECK (purpose IN ('school_check', 'ask_school', 'follow_up')),
  answer varchar(10) NOT NULL CHECK (answer IN ('given', 'refused', 'withdrawn')),
  answered_on date NOT NULL, read_aloud boolean NOT NULL,
  how varchar(10) NOT NULL CHECK (how IN ('thumb', 'signature', 'word', 'list', 'of_age')),
  adult_proof varchar(12) NOT NULL CHECK (adult_proof IN ('voter', 'ration', 'job_card', 'eshram', 'member_book', 'list', 'none')),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  CHECK (answer <> 'given' OR how = 'list' OR (read_aloud AND how IN ('thumb', 'signature') AND adult_proof <> 'none'))
);
CREATE INDEX guardian_consent_child ON guardian_consent (person_id, purpose, id DESC);
GRANT SELECT, INSERT ON guardian_consent TO :school;
GRANT USAGE ON SEQUENCE guardian_consent_id_seq TO :school;
SELECT coop_guard_rows('guardian_consent');
SELECT coop_append_only('guardian_consent');

-- The rules of the status: facts that change, with their source.
CREATE TABLE status_rule (
  id bigserial PRIMARY KEY, code varchar(12) NOT NULL CHECK (code ~ '^[a-z]{2,4}-[0-9]{1,3}$'), holds_from date NOT NULL,
  school_age integer NOT NULL, past_compulsory_age integer NOT NULL, adult_age integer NOT NULL,
  irregular_days integer NOT NULL, long_absent_days integer, out_of_school_days integer NOT NULL,
  transfer_days integer NOT NULL, home_based_disability_pct integer NOT NULL, stale_days integer NOT NULL,
  source varchar(400) NOT NULL, verified boolean NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (code, holds_from),
  CHECK (0 < school_age AND school_age < past_compulsory_age AND past_compulsory_age < adult_age),
  CHECK (0 < irregular_days AND irregular_days < out_of_school_days),
  CHECK (long_absent_days IS NULL OR (irregular_days < long_absent_days AND long_absent_days < out_of_school_days)),
  CHECK (transfer_days >= 0 AND stale_days > 0 AND home_based_disability_pct BETWEEN 0 AND 100)
);
GRANT SELECT, INSERT ON status_rule TO :school;
GRANT USAGE ON SEQUENCE status_rule_id_seq TO :school;
SELECT coop_append_only('status_rule');
INSERT INTO status_rule (code, holds_from, school_age, past_compulsory_age, adult_age, irregular_days, long_absent_days,
  out_of_school_days, transfer_days, home_based_disability_pct, stale_days, source, verified, recorded_at) VALUES
 ('in-45', '2010-04-01', 6, 14, 18, 15, 30, 45, 30, 40, 90,
  'Ages: Right of Children to Free and Compulsory Education Act 2009. 45 days: standard definition of the Union ministry for Samagra Shiksha (6-14 years, never enrolled or absent 45 days without intimation). 15 and 30 days, grace of a transfer, 40 per cent and 90 days: own steps, to be confirmed', false, now()),
 ('jh-30', '2025-09-01', 6, 14, 18, 15, NULL, 30, 30, 40, 90,
  'Jharkhand: DAHAR 2.0 survey, September 2025: absent a month or more before the survey is out of school. The rest as in-45', false, now());
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('visit_out_of_school', 2, 'days', '1900-01-01', 'Own working time from a check to a visit, to be confirmed by the agency', false, now()),
 ('visit_long_absent', 4, 'days', '1900-01-01', 'Own working time from a check to a visit, to be confirmed by the agency', false, now()),
 ('visit_irregular', 7, 'days', '1900-01-01', 'Own working time from a check to a visit, to be confirmed by the agency', false, now()),
 ('visit_other', 14, 'days', '1900-01-01', 'Own working time from a check to a visit, to be confirmed by the agency', false, now()),
 ('child_kept_after_18', 365, 'days', '1900-01-01', 'Own period from the 18th birthday to erasure; Digital Personal Data Protection Act 2023, s.8(7): erase when the purpose is served', false, now());

-- A check of a cooperative's children on a day. Its counts stay when a child is erased: the aggregate.
CREATE TABLE school_check_run (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  on_day date NOT NULL, rule varchar(12) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON school_check_run TO :school;
GRANT USAGE ON SEQUENCE school_check_run_id_seq TO :school;
SELECT coop_guard_rows('school_check_run');
SELECT coop_append_only('school_check_run');
CREATE TABLE school_check_count (
  run_id bigint NOT NULL REFERENCES school_check_run ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  status varchar(30) NOT NULL, children integer NOT NULL CHECK (children > 0), PRIMARY KEY (run_id, status)
);
GRANT SELECT, INSERT ON school_check_count TO :school;
SELECT coop_guard_rows('school_check_count');
SELECT coop_append_only('school_check_count');

CREATE TABLE school_check (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  run_id bigint NOT NULL REFERENCES school_check_run ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT,
  status varchar(30) NOT NULL, udise varchar(11) NOT NULL, admission_no varchar(20) NOT NULL,
  evidence varchar(8) NOT NULL CHECK (evidence IN ('register', 'person', 'none')), evidence_on date,
  reason varchar(120) NOT NULL, reason_values jsonb NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (person_id, run_id)
);
CREATE INDEX school_check_run_of ON school_check (run_id);
GRANT SELECT, INSERT, DELETE ON school_check TO :school;
GRANT USAGE ON SEQUENCE school_check_id_seq TO :school;
SELECT coop_guard_rows('school_check');
SELECT coop_erasable('school_check');

-- What the match found in a check. One row of a register is one child's: the index holds it.
CREATE TABLE register_match (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  run_id bigint NOT NULL REFERENCES school_check_run ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT,
  enrolment_row_id bigint NOT NULL REFERENCES enrolment_row ON DELETE CASCADE,
  score_thousandths integer NOT NULL CHECK (score_thousandths BETWEEN 0 AND 1000),
  reasons varchar(160) NOT NULL, certain boolean NOT NULL, UNIQUE (run_id, person_id, enrolment_row_id)
);
CREATE UNIQUE INDEX register_match_one_child ON register_match (run_id, enrolment_row_id) WHERE certain;
CREATE INDEX register_match_child ON register_match (person_id);
CREATE INDEX register_match_row ON register_match (enrolment_row_id);
GRANT SELECT, INSERT, DELETE ON register_match TO :school;
GRANT USAGE ON SEQUENCE register_match_id_seq TO :school;
SELECT coop_guard_rows('register_match');
SELECT coop_erasable('register_match');
-- Which of these rows another cooperative's child holds by its last check: nothing but row numbers.
CREATE FUNCTION coop_rows_held_elsewhere(rows bigint[], own bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT m.enrolment_row_id FROM public.register_match m
  WHERE m.certain AND m.enrolment_row_id = ANY (rows) AND m.cooperative_id <> own
    AND m.run_id = (SELECT max(r.id) FROM public.school_check_run r WHERE r.cooperative_id = m.cooperative_id) $$;
REVOKE ALL ON FUNCTION coop_rows_held_elsewhere(bigint[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coop_rows_held_elsewhere(bigint[], bigint) TO :school;

-- A person's word: this child is this pupil, or is not. The last row of a pair holds.
CREATE TABLE pupil_decision (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT,
  udise varchar(11) NOT NULL, admission_no varchar(20) NOT NULL, same boolean NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX pupil_decision_child ON pupil_decision (person_id);
CREATE INDEX pupil_decision_pupil ON pupil_decision (udise, admission_no);
GRANT SELECT, INSERT, DELETE ON pupil_decision TO :school;
GRANT USAGE ON SEQUENCE pupil_decision_id_seq TO :school;
SELECT coop_guard_rows('pupil_decision');
SELECT coop_erasable('pupil_decision');

-- What a person found out: who, when and how. No free text: none can name or accuse.
CREATE TABLE hand_confirmation (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT,
  status varchar(30) NOT NULL, confirmed_on date NOT NULL,
  how varchar(16) NOT NULL CHECK (how IN ('register_seen', 'certificate_seen', 'head_teacher', 'home_visit', 'guardian')),
  udise varchar(11) NOT NULL, admission_no varchar(20) NOT NULL, paper_day date,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX hand_confirmation_child ON hand_confirmation (person_id, id);
GRANT SELECT, INSERT, DELETE ON hand_confirmation TO :school;
GRANT USAGE ON SEQUENCE hand_confirmation_id_seq TO :school;
SELECT coop_guard_rows('hand_confirmation');
SELECT coop_erasable('hand_confirmation');

-- A question is asked once in a school year: the answer stands for whoever comes next.
CREATE TABLE follow_up_answer (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT, school_year integer NOT NULL,
  question varchar(16) NOT NULL, answer varchar(20) NOT NULL, asked_on date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL, UNIQUE (person_id, school_year, question)
);
GRANT SELECT, INSERT, DELETE ON follow_up_answer TO :school;
GRANT USAGE ON SEQUENCE follow_up_answer_id_seq TO :school;
SELECT coop_guard_rows('follow_up_answer');
SELECT coop_erasable('follow_up_answer');

-- Which villages a facilitator visits; the last row of a village and a person holds.
CREATE TABLE facilitator_village (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  user_id bigint NOT NULL, village varchar(80) NOT NULL, assigned boolean NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX facilitator_village_of ON facilitator_village (user_id, village, id DESC);
GRANT SELECT, INSERT ON facilitator_village TO :school;
GRANT USAGE ON SEQUENCE facilitator_village_id_seq TO :school;
SELECT coop_guard_rows('facilitator_village');
SELECT coop_append_only('facilitator_village');

-- A form that was sent twice books once; erased with the child, because it is a hash of what was typed.
CREATE TABLE schooling_form (
  operation_id uuid PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint, body_sha256 bytea NOT NULL CHECK (octet_length(body_sha256) = 32), sent_at timestamptz NOT NULL
);
CREATE INDEX schooling_form_child ON schooling_form (person_id);
GRANT SELECT, INSERT, DELETE ON schooling_form TO :school;
SELECT coop_guard_rows('schooling_form');

-- Pupils whose guardian withdrew consent: their rows are not laid down again from the next register.
-- The mark is a hash with a secret salt; it ends when a guardian consents anew.
CREATE TABLE pupil_erased (
  mark bytea NOT NULL CHECK (octet_length(mark) = 32), person_id bigint NOT NULL REFERENCES child ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, PRIMARY KEY (person_id, mark)
);
CREATE INDEX pupil_erased_mark ON pupil_erased (mark);
GRANT SELECT, INSERT, DELETE ON pupil_erased TO :school;
SELECT coop_guard_rows('pupil_erased');
CREATE TABLE register_salt (id integer PRIMARY KEY CHECK (id = 1), salt bytea NOT NULL);
INSERT INTO register_salt VALUES (1, decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
GRANT SELECT ON register_salt TO :school;
SELECT coop_append_only('register_salt');
