-- Indicators of a monitoring and remediation system: what each means, from a day on, with where that is known from.
CREATE TABLE safeguarding.indicator (
  code varchar(12) NOT NULL, holds_from date NOT NULL, place integer NOT NULL, words_en varchar(120) NOT NULL, words_hi varchar(120) NOT NULL,
  means_en varchar(300) NOT NULL, means_hi varchar(300) NOT NULL, source varchar(400) NOT NULL, verified boolean NOT NULL,
  recorded_at timestamptz NOT NULL, PRIMARY KEY (code, holds_from)
);
GRANT SELECT ON safeguarding.indicator TO :safe;
SELECT coop_append_only('safeguarding.indicator');
INSERT INTO safeguarding.indicator (code, holds_from, place, words_en, words_hi, means_en, means_hi, source, verified, recorded_at) VALUES
 ('told', '1900-01-01', 1, 'Children of whom a concern was told', 'जिन बच्चों की चिंता बताई गई', 'Cases whose first concern was told in these months', 'मामले जिनकी पहली चिंता इन महीनों में बताई गई', 'International Cocoa Initiative, benchmarking study of monitoring systems: number identified; as told, not compared with the text', false, now()),
 ('at_work', '1900-01-01', 2, 'Children found at work', 'काम करते पाए गए बच्चे', 'Cases in which a reader first judged in these months: at work, dangerous or bonded work', 'मामले जिनमें इन महीनों में पहली बार माना गया: काम, ख़तरे का काम या बँधुआ काम', 'International Cocoa Initiative, benchmarking study of monitoring systems: number identified; as told, not compared with the text', false, now()),
 ('supported', '1900-01-01', 3, 'Children supported', 'जिन बच्चों को मदद मिली', 'Cases in which a first step of the plan was done in these months', 'मामले जिनमें इन महीनों में योजना का पहला कदम पूरा हुआ', 'International Cocoa Initiative, core criteria for monitoring systems: children supported within 24 months; as told, not compared with the text', false, now()),
 ('visits', '1900-01-01', 4, 'Follow-up visits', 'दोबारा मिलने की गिनती', 'Visits in person to a child of a case in these months', 'इन महीनों में मामले के बच्चे से आमने-सामने मुलाक़ातें', 'International Cocoa Initiative, core criteria for monitoring systems: in-person monitoring visits within 24 months; as told, not compared with the text', false, now()),
 ('followed', '1900-01-01', 5, 'Children with at least two follow-ups', 'जिनसे कम से कम दो बार मिले', 'Cases whose second visit was in these months', 'मामले जिनकी दूसरी मुलाक़ात इन महीनों में हुई', 'International Cocoa Initiative, core criteria for monitoring systems: at least two follow-up visits; as told, not compared with the text', false, now()),
 ('stopped', '1900-01-01', 6, 'Children who stopped working', 'जिन बच्चों ने काम छोड़ा', 'Cases of a child at work that two people closed in these months, with evidence', 'काम करते बच्चे के मामले जो इन महीनों में दो लोगों ने प्रमाण के साथ बंद किए', 'International Cocoa Initiative, benchmarking study of monitoring systems: stopped working; as told, not compared with the text', false, now());

-- A half-year of a cooperative as it is told, drawn once when it is over; true counts and draws are kept nowhere.
CREATE TABLE safeguarding.indicator_report (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  half_from date NOT NULL CHECK (extract(day FROM half_from) = 1 AND extract(month FROM half_from) IN (1, 7)),
  published_by varchar(80) NOT NULL, published_at timestamptz NOT NULL, UNIQUE (cooperative_id, half_from)
);
GRANT SELECT, INSERT ON safeguarding.indicator_report TO :safe;
GRANT USAGE ON SEQUENCE safeguarding.indicator_report_id_seq TO :safe;
SELECT coop_guard_rows('safeguarding.indicator_report');
SELECT coop_append_only('safeguarding.indicator_report');
-- shown NULL is "few"; hidden: it would tell too much beside the others.
CREATE TABLE safeguarding.indicator_cell (
  report_id bigint NOT NULL REFERENCES safeguarding.indicator_report ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, code varchar(12) NOT NULL,
  shown integer CHECK (shown >= 5 AND shown % 5 = 0), hidden boolean NOT NULL, CHECK (NOT hidden OR shown IS NULL),
  PRIMARY KEY (report_id, code)
);
GRANT SELECT, INSERT ON safeguarding.indicator_cell TO :safe;
SELECT coop_guard_rows('safeguarding.indicator_cell');
SELECT coop_append_only('safeguarding.indicator_cell');

-- How long answers about forced labour are kept; rounded counts of published quarters stay.
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('signs_kept', 365, 'days', '1900-01-01', 'Own period from the day a household was asked to the erasure of its answers; Digital Personal Data Protection Act 2023, s.8(7): erase when the purpose is served', false, now());
