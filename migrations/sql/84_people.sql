-- Changes in a household, a person or a membership; duplicates decided; consents; erasure.

-- Why a version was written, from which day it holds, and by whom: the register of later changes.
ALTER TABLE person_version
  ADD COLUMN why varchar(12) NOT NULL DEFAULT 'recorded' CHECK (why IN
    ('recorded', 'admission', 'marriage', 'move', 'mobile', 'bank', 'correction', 'transfer')),
  ADD COLUMN holds_from date, ADD COLUMN recorded_by varchar(80) NOT NULL DEFAULT '';
-- The head's name has a salt of its own: it is erased with that person while others go on living there.
ALTER TABLE household_version ADD COLUMN recorded_by varchar(80) NOT NULL DEFAULT '', ADD COLUMN head_salt bytea NOT NULL DEFAULT '';
ALTER TABLE nominee ADD COLUMN salt bytea NOT NULL DEFAULT '', ADD COLUMN recorded_by varchar(80) NOT NULL DEFAULT '';
CREATE INDEX person_version_latest ON person_version (person_id, told_by DESC, version DESC);
CREATE INDEX member_person ON member (person_id);
CREATE INDEX person_household ON person (household_id);

-- A membership may end, the end be taken back, and end again: each is a row.
ALTER TABLE member_cessation DROP CONSTRAINT member_cessation_pkey, ADD COLUMN id bigserial PRIMARY KEY,
  ADD COLUMN source varchar(60) NOT NULL DEFAULT '', ADD COLUMN recorded_by varchar(80) NOT NULL DEFAULT '';
CREATE INDEX member_cessation_member ON member_cessation (member_id, id);
GRANT USAGE ON SEQUENCE member_cessation_id_seq TO :app;

CREATE TABLE member_cessation_undo (
  cessation_id bigint PRIMARY KEY REFERENCES member_cessation ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  undone_by varchar(80) NOT NULL, undone_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON member_cessation_undo TO :app;
SELECT coop_guard_rows('member_cessation_undo');
SELECT coop_append_only('member_cessation_undo');

-- The end that holds now, where a membership has one.
CREATE VIEW member_ended WITH (security_invoker = true) AS
  SELECT DISTINCT ON (x.member_id) x.member_id, x.cooperative_id, x.id AS cessation_id, x.ceased_on, x.reason, x.recorded_at
  FROM member_cessation x WHERE NOT EXISTS (SELECT FROM member_cessation_undo u WHERE u.cessation_id = x.id)
  ORDER BY x.member_id, x.id DESC;
GRANT SELECT ON member_ended TO :app;

-- A provisional membership becomes a full one when the agency has decided that it is nobody else's.
CREATE TABLE membership_confirmation (
  member_id bigint PRIMARY KEY REFERENCES member ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  confirmed_by varchar(80) NOT NULL, confirmed_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON membership_confirmation TO :app;
SELECT coop_guard_rows('membership_confirmation');
SELECT coop_append_only('membership_confirmation');

-- A season away: the membership is dormant, not ended. The last row of a member holds.
CREATE TABLE member_season (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT,
  kind varchar(4) NOT NULL CHECK (kind IN ('away', 'back')), from_day date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX member_season_member ON member_season (member_id, id);
GRANT SELECT, INSERT ON member_season TO :app;
GRANT USAGE ON SEQUENCE member_season_id_seq TO :app;
SELECT coop_guard_rows('member_season');
SELECT coop_append_only('member_season');

-- Who moved to another household, by marriage or otherwise; the last row of a person holds.
CREATE TABLE household_move (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES person ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT, from_day date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX household_move_person ON household_move (person_id, id);
CREATE INDEX household_move_household ON household_move (household_id);
GRANT SELECT, INSERT ON household_move TO :app;
GRANT USAGE ON SEQUENCE household_move_id_seq TO :app;
SELECT coop_guard_rows('household_move');
SELECT coop_append_only('household_move');

CREATE VIEW person_home WITH (security_invoker = true) AS
  SELECT p.id AS person_id, p.cooperative_id, coalesce((SELECT h.household_id FROM household_move h
         WHERE h.person_id = p.id ORDER BY h.id DESC LIMIT 1), p.household_id) AS household_id FROM person p;
GRANT SELECT ON person_home TO :app;

-- Consent of an adult, purpose by purpose; the last row of a purpose holds.
CREATE TABLE consent (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES person ON DELETE RESTRICT,
  purpose varchar(12) NOT NULL CHECK (purpose IN ('membership', 'payment', 'schemes', 'messages')),
  given boolean NOT NULL, how varchar(12) NOT NULL CHECK (how IN ('read_aloud', 'thumb', 'signature')),
  on_day date NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX consent_person ON consent (person_id, purpose, id);
GRANT SELECT, INSERT ON consent TO :app;
GRANT USAGE ON SEQUENCE consent_id_seq TO :app;
SELECT coop_guard_rows('consent');
SELECT coop_append_only('consent');

-- A form that was sent twice books once. Kept for some days only: what is kept is a hash of what was typed.
CREATE TABLE member_form (
  operation_id uuid PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  content bytea NOT NULL CHECK (octet_length(content) = 32), location varchar(120) NOT NULL, sent_at timestamptz NOT NULL
);
CREATE INDEX member_form_sent ON member_form (sent_at);
GRANT SELECT, INSERT, DELETE ON member_form TO :app;
SELECT coop_guard_rows('member_form');

-- Two members who are likely one person. NULL: of two cooperatives, which the agency alone sees.
CREATE TABLE duplicate_pair (
  id bigserial PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  member_a bigint NOT NULL REFERENCES member ON DELETE RESTRICT,
  member_b bigint NOT NULL REFERENCES member ON DELETE RESTRICT,
  score_thousandths integer NOT NULL CHECK (score_thousandths BETWEEN 0 AND 1000),
  reasons varchar(200) NOT NULL, found_at timestamptz NOT NULL,
  CHECK (member_a < member_b), UNIQUE (member_a, member_b)
);
CREATE INDEX duplicate_pair_b ON duplicate_pair (member_b);
GRANT SELECT, INSERT ON duplicate_pair TO :app;
GRANT USAGE ON SEQUENCE duplicate_pair_id_seq TO :app;
SELECT coop_guard_rows('duplicate_pair');
SELECT coop_append_only('duplicate_pair');

-- The last decision of a pair holds; a pair that is decided is not asked again.
CREATE TABLE duplicate_decision (
  id bigserial PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  pair_id bigint NOT NULL REFERENCES duplicate_pair ON DELETE RESTRICT,
  decision varchar(8) NOT NULL CHECK (decision IN ('same', 'not_same')),
  because varchar(12) NOT NULL CHECK (because IN ('papers', 'asked', 'relatives', 'admission', 'undone')),
  decided_by varchar(80) NOT NULL, decided_at timestamptz NOT NULL
);
CREATE INDEX duplicate_decision_pair ON duplicate_decision (pair_id, id);
GRANT SELECT, INSERT ON duplicate_decision TO :app;
GRANT USAGE ON SEQUENCE duplicate_decision_id_seq TO :app;
SELECT coop_guard_rows('duplicate_decision');
SELECT coop_append_only('duplicate_decision');

-- One member points to another; both keep their history. An undo is a row.
CREATE TABLE member_merge (
  id bigserial PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  pair_id bigint NOT NULL REFERENCES duplicate_pair ON DELETE RESTRICT,
  gone_member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT,
  kept_member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT,
  cessation_id bigint NOT NULL UNIQUE REFERENCES member_cessation ON DELETE RESTRICT,
  merged_by varchar(80) NOT NULL, merged_at timestamptz NOT NULL, CHECK (gone_member_id <> kept_member_id)
);
CREATE INDEX member_merge_pair ON member_merge (pair_id, id);
CREATE INDEX member_merge_gone ON member_merge (gone_member_id);
CREATE INDEX member_merge_kept ON member_merge (kept_member_id);
GRANT SELECT, INSERT ON member_merge TO :app;
GRANT USAGE ON SEQUENCE member_merge_id_seq TO :app;
SELECT coop_guard_rows('member_merge');
SELECT coop_append_only('member_merge');

CREATE TABLE member_merge_undo (
  merge_id bigint PRIMARY KEY REFERENCES member_merge ON DELETE RESTRICT,
  cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  undone_by varchar(80) NOT NULL, undone_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON member_merge_undo TO :app;
SELECT coop_guard_rows('member_merge_undo');
SELECT coop_append_only('member_merge_undo');

-- Asked by the cooperative that a member leaves, answered by the one they go to: both see the rows.
CREATE TABLE member_transfer (
  id bigserial PRIMARY KEY,
  from_cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  to_cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT,
  shares integer NOT NULL CHECK (shares >= 0), due_paise bigint NOT NULL,
  asked_by varchar(80) NOT NULL, asked_at timestamptz NOT NULL, CHECK (from_cooperative_id <> to_cooperative_id)
);
CREATE INDEX member_transfer_member ON member_transfer (member_id, id);
CREATE INDEX member_transfer_to ON member_transfer (to_cooperative_id, id);
GRANT SELECT, INSERT ON member_transfer TO :app;
GRANT USAGE ON SEQUENCE member_transfer_id_seq TO :app;
ALTER TABLE member_transfer ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_of_both ON member_transfer FOR SELECT USING ((SELECT coop_reach_all())
  OR from_cooperative_id = ANY ((SELECT coop_reach())::bigint[]) OR to_cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
CREATE POLICY asked_from_within ON member_transfer FOR INSERT WITH CHECK ((SELECT coop_reach_all())
  OR from_cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
SELECT coop_append_only('member_transfer');

CREATE TABLE transfer_answer (
  transfer_id bigint PRIMARY KEY REFERENCES member_transfer ON DELETE RESTRICT,
  from_cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  to_cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  answer varchar(9) NOT NULL CHECK (answer IN ('accepted', 'refused', 'withdrawn')),
  on_day date NOT NULL, new_member_id bigint REFERENCES member ON DELETE RESTRICT,
  answered_by varchar(80) NOT NULL, answered_at timestamptz NOT NULL,
  CHECK ((answer = 'accepted') = (new_member_id IS NOT NULL))
);
GRANT SELECT, INSERT ON transfer_answer TO :app;
ALTER TABLE transfer_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_both ON transfer_answer USING ((SELECT coop_reach_all())
  OR from_cooperative_id = ANY ((SELECT coop_reach())::bigint[]) OR to_cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
SELECT coop_append_only('transfer_answer');

-- Asked by one, confirmed by another; the confirmation is written by the function that blanks, and by nobody else.
CREATE TABLE erasure_request (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES person ON DELETE RESTRICT,
  asked_by varchar(80) NOT NULL, asked_at timestamptz NOT NULL
);
CREATE INDEX erasure_request_person ON erasure_request (person_id, id);
GRANT SELECT, INSERT ON erasure_request TO :app;
GRANT USAGE ON SEQUENCE erasure_request_id_seq TO :app;
SELECT coop_guard_rows('erasure_request');
SELECT coop_append_only('erasure_request');

CREATE TABLE erasure (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  request_id bigint NOT NULL UNIQUE REFERENCES erasure_request ON DELETE RESTRICT,
  person_id bigint NOT NULL UNIQUE REFERENCES person ON DELETE RESTRICT,
  household_id bigint REFERENCES household ON DELETE RESTRICT,
  confirmed_by varchar(80) NOT NULL, erased_at timestamptz NOT NULL
);
GRANT SELECT ON erasure TO :app;
SELECT coop_guard_rows('erasure');
SELECT coop_append_only('erasure');

-- The rules that collecting dhibra stands on, as card and slip name them to the police.
CREATE TABLE policy_reference (
  id bigserial PRIMARY KEY, words_en varchar(200) NOT NULL, words_hi varchar(200) NOT NULL,
  holds_from date NOT NULL, source varchar(300) NOT NULL, verified boolean NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT ON policy_reference TO :app;
SELECT coop_append_only('policy_reference');
INSERT INTO policy_reference (words_en, words_hi, holds_from, source, verified, recorded_at) VALUES
 ('Jharkhand Minor Mineral Concession (Amendment) Rules 2021, Extraordinary Gazette of 3 March 2022',
  'झारखंड लघु खनिज समनुदान (संशोधन) नियमावली 2021, असाधारण राजपत्र, 3 मार्च 2022', '2022-03-03',
  'Press reports of the gazette (one says 2 March 2022); the gazette itself was not seen', false, now());

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('member_kept', 72, 'months', '1900-01-01', 'CGST Act 2017 s.36: accounts and records are kept 72 months after the annual return is due; counted here from the end of the membership. Whether it covers the particulars of a member nobody has confirmed', false, now());

-- By what a member is found: folded names of both scripts, and the blocks in which a second entry would stand.
CREATE TABLE member_key (
  member_id bigint PRIMARY KEY REFERENCES member ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  sort_key varchar(200) NOT NULL, words text NOT NULL, given text[] NOT NULL, bones text[] NOT NULL,
  surname varchar(80) NOT NULL, relative text[] NOT NULL, place varchar(80) NOT NULL, blocks text[] NOT NULL
);
CREATE INDEX member_key_words ON member_key USING gin (words gin_trgm_ops);
CREATE INDEX member_key_blocks ON member_key USING gin (blocks);
CREATE INDEX member_key_order ON member_key (cooperative_id, sort_key, member_id);
GRANT SELECT, INSERT, UPDATE ON member_key TO :app;
SELECT coop_guard_rows('member_key');
