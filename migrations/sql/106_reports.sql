-- What was published of children, a quarter at a time, and villages that were assessed as zones.
-- A report holds what is shown and never a true count: nothing here leads back to a child.
CREATE TABLE child_report (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  quarter_from date NOT NULL CHECK (extract(day FROM quarter_from) = 1 AND extract(month FROM quarter_from) IN (1, 4, 7, 10)),
  checked_on date NOT NULL, rule varchar(12) NOT NULL, published_by varchar(80) NOT NULL, published_at timestamptz NOT NULL,
  UNIQUE (cooperative_id, quarter_from), -- once: a second draw would narrow the first
  CHECK (checked_on >= quarter_from AND checked_on < quarter_from + interval '3 months')
);
GRANT SELECT, INSERT ON child_report TO :app;
GRANT USAGE ON SEQUENCE child_report_id_seq TO :app;
SELECT coop_guard_rows('child_report');
SELECT coop_append_only('child_report');
-- grouping 'all' holds the totals; shown NULL is "few".
CREATE TABLE child_report_cell (
  report_id bigint NOT NULL REFERENCES child_report ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  "grouping" varchar(10) NOT NULL CHECK ("grouping" IN ('all', 'village', 'sex', 'age', 'caste', 'disability')),
  name varchar(80) NOT NULL,
  measure varchar(10) NOT NULL CHECK (measure IN ('reached', 'enrolled', 'attending', 'at_risk', 'back')),
  shown integer CHECK (shown >= 5 AND shown % 5 = 0),
  PRIMARY KEY (report_id, "grouping", name, measure)
);
GRANT SELECT, INSERT ON child_report_cell TO :app;
SELECT coop_guard_rows('child_report_cell');
SELECT coop_append_only('child_report_cell');

-- What must hold before a village is called free of child labour: dated, with a source.
CREATE TABLE zone_criterion (
  code varchar(20) NOT NULL, holds_from date NOT NULL, place integer NOT NULL,
  words_en varchar(200) NOT NULL, words_hi varchar(200) NOT NULL, demanded boolean NOT NULL,
  source varchar(400) NOT NULL, verified boolean NOT NULL, recorded_at timestamptz NOT NULL,
  PRIMARY KEY (code, holds_from)
);
GRANT SELECT ON zone_criterion TO :app;
SELECT coop_append_only('zone_criterion');
INSERT INTO zone_criterion (code, holds_from, place, words_en, words_hi, demanded, source, verified, recorded_at) VALUES
 ('visited', '1900-01-01', 1, 'Every home with children was visited in the last 90 days', 'पिछले 90 दिनों में बच्चों वाले हर घर गए', true, 'Own draft, to be settled by the agency with the district', false, now()),
 ('none_found', '1900-01-01', 2, 'No child was found at work on these visits or at the site', 'घर या स्थल पर कोई बच्चा काम करता नहीं मिला', true, 'Own draft, to be settled by the agency with the district', false, now()),
 ('in_school', '1900-01-01', 3, 'Every child of 6 to 14 is in school or in bridge classes', '6 से 14 साल का हर बच्चा स्कूल या सेतु कक्षा में है', true, 'Own draft; ages of the Right to Education Act 2009', false, now()),
 ('committee', '1900-01-01', 4, 'The village committee met in the last 90 days', 'गाँव की समिति पिछले 90 दिनों में बैठी', true, 'Own draft, to be settled by the agency with the district', false, now()),
 ('heard', '1900-01-01', 5, 'Children and caregivers of the village were heard', 'गाँव के बच्चों और देखभाल करने वालों की बात सुनी गई', true, 'Own draft, to be settled by the agency with the district', false, now());
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('zone_valid_days', 365, 'days', '1900-01-01', 'Own limit of how long an assessment of a village may hold, to be settled by the agency', false, now()),
 ('zone_assessed_within', 90, 'days', '1900-01-01', 'Own limit from the assessment to its entry, to be settled by the agency', false, now());

CREATE TABLE zone_assessment (
  id bigserial PRIMARY KEY, village varchar(80) NOT NULL, block varchar(80) NOT NULL, district_lgd integer NOT NULL,
  assessed_on date NOT NULL, valid_until date NOT NULL, assessor varchar(120) NOT NULL, organisation varchar(120) NOT NULL,
  evidence varchar(300) NOT NULL, recorded_as varchar(20) NOT NULL, recorded_by varchar(80) NOT NULL,
  operation_id uuid NOT NULL UNIQUE, content_sha256 bytea NOT NULL, recorded_at timestamptz NOT NULL,
  CHECK (valid_until > assessed_on)
);
GRANT SELECT, INSERT ON zone_assessment TO :app;
GRANT USAGE ON SEQUENCE zone_assessment_id_seq TO :app;
SELECT coop_append_only('zone_assessment');
CREATE TABLE zone_answer (
  assessment_id bigint NOT NULL REFERENCES zone_assessment ON DELETE RESTRICT,
  criterion varchar(20) NOT NULL, met boolean NOT NULL, PRIMARY KEY (assessment_id, criterion)
);
GRANT SELECT, INSERT ON zone_answer TO :app;
SELECT coop_append_only('zone_answer');
CREATE TABLE zone_revocation (
  assessment_id bigint PRIMARY KEY REFERENCES zone_assessment ON DELETE RESTRICT,
  revoked_on date NOT NULL, reason varchar(300) NOT NULL, recorded_as varchar(20) NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON zone_revocation TO :app;
SELECT coop_append_only('zone_revocation');
