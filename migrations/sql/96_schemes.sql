-- Facts of a household for schemes, screenings, applications and what came of them.

-- The id drawn with a form and what was sent with it: the same again is answered, another is a conflict.
CREATE TABLE scheme_act (
  operation_id uuid PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  content bytea NOT NULL CHECK (octet_length(content) = 32)
);
GRANT SELECT, INSERT ON scheme_act TO :app;
SELECT coop_guard_rows('scheme_act');
SELECT coop_append_only('scheme_act');

-- Agreement to be asked: of a household (money, caste, family), or of a guardian about one child. The last row holds.
CREATE TABLE scheme_consent (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  person_id bigint REFERENCES person ON DELETE RESTRICT,
  given boolean NOT NULL, how varchar(10) NOT NULL, language varchar(10) NOT NULL,
  given_on date NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX scheme_consent_household ON scheme_consent (household_id, id);
GRANT SELECT, INSERT ON scheme_consent TO :app;
GRANT USAGE ON SEQUENCE scheme_consent_id_seq TO :app;
SELECT coop_guard_rows('scheme_consent');
SELECT coop_append_only('scheme_consent');

-- What was answered, erasable; no value: "do not know". Health and grounds of care never stand here.
CREATE TABLE scheme_answer (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  person_id bigint REFERENCES person ON DELETE RESTRICT,
  fact varchar(40) NOT NULL, value varchar(400), told_on date NOT NULL,
  recorded_by varchar(80) NOT NULL, salt bytea NOT NULL, recorded_at timestamptz NOT NULL,
  CHECK ((fact LIKE 'p.%') = (person_id IS NOT NULL)),
  CHECK (fact NOT IN ('p.hiv_art', 'p.tb_notified', 'p.silicosis_certified', 'p.care_ground'))
);
CREATE INDEX scheme_answer_household ON scheme_answer (household_id, fact, id DESC);
GRANT SELECT, INSERT ON scheme_answer TO :app;
GRANT USAGE ON SEQUENCE scheme_answer_id_seq TO :app;
SELECT coop_guard_rows('scheme_answer');

-- Whether a paper was seen at the desk, or is missing; never a number that stands on it. The last row holds.
CREATE TABLE scheme_paper (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  person_id bigint REFERENCES person ON DELETE RESTRICT,
  paper varchar(20) NOT NULL, seen boolean NOT NULL, noted_on date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX scheme_paper_household ON scheme_paper (household_id, id);
GRANT SELECT, INSERT ON scheme_paper TO :app;
GRANT USAGE ON SEQUENCE scheme_paper_id_seq TO :app;
SELECT coop_guard_rows('scheme_paper');
SELECT coop_append_only('scheme_paper');

-- A check of a household on a day, with what it might get; refusals are not kept.
CREATE TABLE screening (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  on_day date NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX screening_household ON screening (household_id, on_day);
GRANT SELECT, INSERT ON screening TO :app;
GRANT USAGE ON SEQUENCE screening_id_seq TO :app;
SELECT coop_guard_rows('screening');
SELECT coop_append_only('screening');

CREATE TABLE screening_result (
  screening_id bigint NOT NULL REFERENCES screening ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  scheme varchar(20) NOT NULL, applicant varchar(40) NOT NULL,
  result varchar(12) NOT NULL CHECK (result IN ('eligible', 'needs_facts')),
  PRIMARY KEY (screening_id, scheme, applicant)
);
GRANT SELECT, INSERT ON screening_result TO :app;
SELECT coop_guard_rows('screening_result');
SELECT coop_append_only('screening_result');

-- One scheme, one applicant (no person: the household), one attempt.
CREATE TABLE scheme_application (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fy integer NOT NULL, no bigint NOT NULL,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  person_id bigint REFERENCES person ON DELETE RESTRICT,
  scheme varchar(20) NOT NULL, opened_at timestamptz NOT NULL,
  UNIQUE (cooperative_id, fy, no)
);
CREATE INDEX scheme_application_household ON scheme_application (household_id, id);
GRANT SELECT, INSERT ON scheme_application TO :app;
GRANT USAGE ON SEQUENCE scheme_application_id_seq TO :app;
SELECT coop_guard_rows('scheme_application');
SELECT coop_append_only('scheme_application');

-- What happened, in order; the state is the last event's. second_look: the rules said no on the day it was applied for.
CREATE TABLE application_event (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  application_id bigint NOT NULL REFERENCES scheme_application ON DELETE RESTRICT, seq integer NOT NULL,
  state varchar(20) NOT NULL CHECK (state IN ('identified', 'consented', 'declined', 'documents_pending', 'applied',
    'under_verification', 'sanctioned', 'rejected', 'receiving', 'stopped', 'appealed', 'closed')),
  on_day date NOT NULL, note varchar(400) NOT NULL, number varchar(60) NOT NULL, office varchar(120) NOT NULL,
  word varchar(20) NOT NULL, by_way varchar(20) NOT NULL, paise bigint CHECK (paise >= 0),
  due date, second_look boolean NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (application_id, seq)
);
GRANT SELECT, INSERT ON application_event TO :app;
GRANT USAGE ON SEQUENCE application_event_id_seq TO :app;
SELECT coop_guard_rows('application_event');
SELECT coop_append_only('application_event');

-- Papers that an event found missing, and barriers that it met: one code a row.
CREATE TABLE application_detail (
  event_id bigint NOT NULL REFERENCES application_event ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  kind varchar(7) NOT NULL CHECK (kind IN ('paper', 'barrier')), code varchar(20) NOT NULL,
  PRIMARY KEY (event_id, kind, code)
);
GRANT SELECT, INSERT ON application_detail TO :app;
SELECT coop_guard_rows('application_detail');
SELECT coop_append_only('application_detail');

-- A benefit that was seen: a line in the passbook, or goods in hand (then 0 paise).
CREATE TABLE benefit_seen (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  application_id bigint NOT NULL REFERENCES scheme_application ON DELETE RESTRICT,
  on_day date NOT NULL, paise bigint NOT NULL CHECK (paise >= 0),
  seen varchar(10) NOT NULL CHECK (seen IN ('passbook', 'goods')),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX benefit_seen_application ON benefit_seen (application_id, on_day);
GRANT SELECT, INSERT ON benefit_seen TO :app;
GRANT USAGE ON SEQUENCE benefit_seen_id_seq TO :app;
SELECT coop_guard_rows('benefit_seen');
SELECT coop_append_only('benefit_seen');

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('application_identified', 14, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_consented', 7, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_documents_pending', 30, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_applied', 30, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_under_verification', 45, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_sanctioned', 60, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_rejected', 30, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_stopped', 15, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('application_appealed', 60, 'days', '1900-01-01', 'Own target of the benefit desk, no law', false, now()),
 ('least_group', 5, 'households', '1900-01-01', 'Own rule: a smaller group would point at a household', false, now());
