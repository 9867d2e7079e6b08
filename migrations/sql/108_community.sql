-- Partners, village committees, sessions, visits and signs of forced labour.
-- All of it belongs to the role of children's rows: weighing, sales and payments have no right here.
CREATE TABLE cso_partner (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  name varchar(120) NOT NULL CHECK (name <> ''), contact_role varchar(80) NOT NULL CHECK (contact_role <> ''),
  agreed_from date NOT NULL, agreed_until date NOT NULL CHECK (agreed_until >= agreed_from),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON cso_partner TO :school;
GRANT USAGE ON SEQUENCE cso_partner_id_seq TO :school;
SELECT coop_guard_rows('cso_partner');
SELECT coop_append_only('cso_partner');
-- The last row of a partner and hamlet that has begun holds; an empty tola is the whole village.
CREATE TABLE cso_hamlet (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  partner_id bigint NOT NULL REFERENCES cso_partner ON DELETE RESTRICT,
  village varchar(80) NOT NULL CHECK (village <> ''), tola varchar(80) NOT NULL, from_day date NOT NULL,
  assigned boolean NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX cso_hamlet_of ON cso_hamlet (partner_id, village, tola, id DESC);
GRANT SELECT, INSERT ON cso_hamlet TO :school;
GRANT USAGE ON SEQUENCE cso_hamlet_id_seq TO :school;
SELECT coop_guard_rows('cso_hamlet');
SELECT coop_append_only('cso_hamlet');
-- For which partner somebody signs in; the last row of a user holds.
CREATE TABLE cso_worker (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  partner_id bigint NOT NULL REFERENCES cso_partner ON DELETE RESTRICT, user_id bigint NOT NULL REFERENCES user_account ON DELETE RESTRICT,
  works boolean NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX cso_worker_of ON cso_worker (user_id, id DESC);
GRANT SELECT, INSERT ON cso_worker TO :school;
GRANT USAGE ON SEQUENCE cso_worker_id_seq TO :school;
SELECT coop_guard_rows('cso_worker');
SELECT coop_append_only('cso_worker');
-- A partner's money of its own: no account of the cooperative's ledger.
CREATE TABLE cso_fund (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  partner_id bigint NOT NULL REFERENCES cso_partner ON DELETE RESTRICT,
  kind varchar(8) NOT NULL CHECK (kind IN ('granted', 'spent')), amount_paise bigint NOT NULL CHECK (amount_paise > 0),
  on_day date NOT NULL, source varchar(160) NOT NULL CHECK (source <> ''),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX cso_fund_of ON cso_fund (partner_id);
GRANT SELECT, INSERT ON cso_fund TO :school;
GRANT USAGE ON SEQUENCE cso_fund_id_seq TO :school;
SELECT coop_guard_rows('cso_fund');
SELECT coop_append_only('cso_fund');

-- What was done in a village, by a partner or (NULL) the cooperative itself. Counts only, never names.
CREATE TABLE community_activity (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  partner_id bigint REFERENCES cso_partner ON DELETE RESTRICT,
  kind varchar(16) NOT NULL CHECK (kind IN ('awareness', 'bridge_class', 'school_drive', 'home_visits', 'health_camp', 'training')),
  topic varchar(16) NOT NULL CHECK (topic IN ('', 'child_labour', 'school', 'schemes', 'safety', 'advances', 'girls', 'helplines')),
  village varchar(80) NOT NULL CHECK (village <> ''), tola varchar(80) NOT NULL, on_day date NOT NULL,
  materials varchar(10) NOT NULL CHECK (materials IN ('none', 'hindi', 'khortha', 'santali', 'urdu', 'pictures')),
  recorded_as varchar(20) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  CHECK ((kind = 'awareness') = (topic <> ''))
);
CREATE INDEX community_activity_day ON community_activity (cooperative_id, on_day DESC);
GRANT SELECT, INSERT ON community_activity TO :school;
GRANT USAGE ON SEQUENCE community_activity_id_seq TO :school;
SELECT coop_guard_rows('community_activity');
SELECT coop_append_only('community_activity');
CREATE TABLE community_reached (
  activity_id bigint NOT NULL REFERENCES community_activity ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  sex varchar(1) NOT NULL CHECK (sex IN ('F', 'M', 'O')), band varchar(8) NOT NULL CHECK (band IN ('under_14', '14_17', 'adult')),
  people integer NOT NULL CHECK (people > 0), PRIMARY KEY (activity_id, sex, band)
);
GRANT SELECT, INSERT ON community_reached TO :school;
SELECT coop_guard_rows('community_reached');
SELECT coop_append_only('community_reached');

CREATE TABLE village_committee (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  village varchar(80) NOT NULL CHECK (village <> ''), village_key varchar(80) NOT NULL, formed_on date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL, UNIQUE (cooperative_id, village_key)
);
GRANT SELECT, INSERT ON village_committee TO :school;
GRANT USAGE ON SEQUENCE village_committee_id_seq TO :school;
SELECT coop_guard_rows('village_committee');
SELECT coop_append_only('village_committee');
-- How many sit in which role, without names; the last row of role and sex holds.
CREATE TABLE committee_seat (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  committee_id bigint NOT NULL REFERENCES village_committee ON DELETE RESTRICT,
  role varchar(12) NOT NULL CHECK (role IN ('panchayat', 'teacher', 'anganwadi', 'health', 'parent', 'child', 'other')),
  sex varchar(1) NOT NULL CHECK (sex IN ('F', 'M', 'O')), seats integer NOT NULL CHECK (seats BETWEEN 0 AND 99),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX committee_seat_of ON committee_seat (committee_id, role, sex, id DESC);
GRANT SELECT, INSERT ON committee_seat TO :school;
GRANT USAGE ON SEQUENCE committee_seat_id_seq TO :school;
SELECT coop_guard_rows('committee_seat');
SELECT coop_append_only('committee_seat');
CREATE TABLE committee_meeting (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  committee_id bigint NOT NULL REFERENCES village_committee ON DELETE RESTRICT, on_day date NOT NULL,
  decisions varchar(300) NOT NULL CHECK (decisions <> ''),
  present text[] NOT NULL CHECK (cardinality(present) > 0 AND
    present <@ ARRAY['panchayat', 'teacher', 'anganwadi', 'health', 'parent', 'child', 'other']),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX committee_meeting_of ON committee_meeting (committee_id, on_day DESC);
GRANT SELECT, INSERT ON committee_meeting TO :school;
GRANT USAGE ON SEQUENCE committee_meeting_id_seq TO :school;
SELECT coop_guard_rows('committee_meeting');
SELECT coop_append_only('committee_meeting');
CREATE TABLE committee_money (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  committee_id bigint NOT NULL REFERENCES village_committee ON DELETE RESTRICT,
  kind varchar(8) NOT NULL CHECK (kind IN ('budget', 'spent')), line varchar(80) NOT NULL CHECK (line <> ''),
  amount_paise bigint NOT NULL CHECK (amount_paise > 0), on_day date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX committee_money_of ON committee_money (committee_id);
GRANT SELECT, INSERT ON committee_money TO :school;
GRANT USAGE ON SEQUENCE committee_money_id_seq TO :school;
SELECT coop_guard_rows('committee_money');
SELECT coop_append_only('committee_money');

-- A round of home visits in a village: counts, nobody named. The latest round of a village is estimated from.
CREATE TABLE village_round (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  village varchar(80) NOT NULL CHECK (village <> ''), on_day date NOT NULL, whole boolean NOT NULL,
  households_visited integer NOT NULL CHECK (households_visited > 0),
  children_seen integer NOT NULL CHECK (children_seen >= 0),
  children_at_work integer NOT NULL CHECK (children_at_work BETWEEN 0 AND children_seen),
  recorded_as varchar(20) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON village_round TO :school;
GRANT USAGE ON SEQUENCE village_round_id_seq TO :school;
SELECT coop_guard_rows('village_round');
SELECT coop_append_only('village_round');

-- Signs of forced labour and of advances: the questions are dated rows with a source.
CREATE TABLE labour_sign (
  code varchar(16) NOT NULL, holds_from date NOT NULL, place integer NOT NULL,
  words_en varchar(200) NOT NULL, words_hi varchar(200) NOT NULL, strong boolean NOT NULL,
  source varchar(400) NOT NULL, verified boolean NOT NULL, recorded_at timestamptz NOT NULL, PRIMARY KEY (code, holds_from)
);
GRANT SELECT ON labour_sign TO :school;
SELECT coop_append_only('labour_sign');
INSERT INTO labour_sign (code, holds_from, place, words_en, words_hi, strong, source, verified, recorded_at) VALUES
 ('advance', '1900-01-01', 1, 'Did anybody give the home money before the work (peshgi)?', 'क्या काम से पहले किसी ने पैसे दिए (पेशगी)?', false, 'Own draft, to be settled with the agency and the partners', false, now()),
 ('tied', '1900-01-01', 2, 'Must the mica go only to whoever gave that money?', 'क्या ढिबरा केवल उसी को देना पड़ता है जिसने पैसे दिए?', false, 'Own draft, to be settled with the agency and the partners', false, now()),
 ('unclear', '1900-01-01', 3, 'Does the home not know how much is still owed?', 'क्या घर को पता नहीं कि कितना चुकाना बाकी है?', false, 'Own draft, to be settled with the agency and the partners', false, now()),
 ('grows', '1900-01-01', 4, 'Does the debt grow although work is done for it?', 'क्या काम करने पर भी कर्ज़ बढ़ता जाता है?', true, 'Own draft, to be settled with the agency and the partners', false, now()),
 ('not_free', '1900-01-01', 5, 'Does anybody keep people of the home from leaving the work?', 'क्या कोई घर के लोगों को काम छोड़ने से रोकता है?', true, 'Own draft, to be settled with the agency and the partners', false, now()),
 ('papers', '1900-01-01', 6, 'Does anybody else keep a card or paper of the home?', 'क्या घर का कोई कार्ड या कागज़ किसी और ने रख लिया है?', true, 'Own draft, to be settled with the agency and the partners', false, now()),
 ('threats', '1900-01-01', 7, 'Does anybody threaten the home because of work or debt?', 'क्या काम या कर्ज़ के लिए कोई धमकाता है?', true, 'Own draft, to be settled with the agency and the partners', false, now()),
 ('child_debt', '1900-01-01', 8, 'Does a child work because of a debt?', 'क्या कर्ज़ के कारण कोई बच्चा काम करता है?', true, 'Own draft, to be settled with the agency and the partners', false, now());
-- A household that said yes to being asked; erasable as a whole, never changed. No buyer is named anywhere.
CREATE TABLE sign_sheet (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT, village varchar(80) NOT NULL,
  asked_on date NOT NULL, recorded_as varchar(20) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX sign_sheet_day ON sign_sheet (cooperative_id, asked_on);
GRANT SELECT, INSERT, DELETE ON sign_sheet TO :school;
GRANT USAGE ON SEQUENCE sign_sheet_id_seq TO :school;
SELECT coop_guard_rows('sign_sheet');
SELECT coop_erasable('sign_sheet');
CREATE TABLE sign_answer (
  sheet_id bigint NOT NULL REFERENCES sign_sheet ON DELETE CASCADE,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  sign varchar(16) NOT NULL, answer varchar(8) NOT NULL CHECK (answer IN ('yes', 'no', 'skipped')), PRIMARY KEY (sheet_id, sign)
);
GRANT SELECT, INSERT, DELETE ON sign_answer TO :school;
SELECT coop_guard_rows('sign_answer');
SELECT coop_erasable('sign_answer');
-- A quarter's counts as they are shown, drawn once; shown NULL is "few". True counts are kept nowhere.
CREATE TABLE sign_report (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  quarter_from date NOT NULL CHECK (extract(day FROM quarter_from) = 1 AND extract(month FROM quarter_from) IN (1, 4, 7, 10)),
  asked integer CHECK (asked >= 5 AND asked % 5 = 0), advance integer CHECK (advance >= 5 AND advance % 5 = 0),
  strong integer CHECK (strong >= 5 AND strong % 5 = 0),
  published_by varchar(80) NOT NULL, published_at timestamptz NOT NULL, UNIQUE (cooperative_id, quarter_from)
);
GRANT SELECT, INSERT ON sign_report TO :school;
GRANT USAGE ON SEQUENCE sign_report_id_seq TO :school;
SELECT coop_guard_rows('sign_report');
SELECT coop_append_only('sign_report');

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('community_active_within', 90, 'days', '1900-01-01', 'Own limit within which a hamlet should see an activity, to be settled by the agency', false, now()),
 ('committee_meets_within', 90, 'days', '1900-01-01', 'Own limit between meetings of a village committee, to be settled by the agency', false, now()),
 ('estimate_least_children', 30, 'children', '1900-01-01', 'Own least number of children seen before a share is shown, to be settled by the agency', false, now());
