-- A monitor goes through a village once a month: questions to be answered by looking, never by asking who. No row
-- holds a word that somebody typed: villages are those of the household list, answers are codes.
CREATE TABLE village_check_item (
  code varchar(16) NOT NULL, holds_from date NOT NULL, place integer NOT NULL,
  words_en varchar(200) NOT NULL, words_hi varchar(200) NOT NULL, good varchar(3) NOT NULL CHECK (good IN ('yes', 'no')),
  source varchar(400) NOT NULL, verified boolean NOT NULL, recorded_at timestamptz NOT NULL, PRIMARY KEY (code, holds_from)
);
GRANT SELECT ON village_check_item TO :school;
SELECT coop_append_only('village_check_item');
INSERT INTO village_check_item (code, holds_from, place, words_en, words_hi, good, source, verified, recorded_at) VALUES
 ('heap', '1900-01-01', 1, 'Were children at the heaps or sorting mica?', 'क्या ढेरों पर या ढिबरा छाँटते बच्चे दिखे?', 'no', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('school', '1900-01-01', 2, 'Was the school open on that day?', 'क्या उस दिन स्कूल खुला था?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('teacher', '1900-01-01', 3, 'Was a teacher there?', 'क्या शिक्षक थे?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('meal', '1900-01-01', 4, 'Was the midday meal cooked?', 'क्या दोपहर का खाना बना?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('anganwadi', '1900-01-01', 5, 'Was the anganwadi open?', 'क्या आँगनवाड़ी खुली थी?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('committee', '1900-01-01', 6, 'Did the village committee meet this month?', 'क्या इस महीने गाँव की समिति बैठी?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('danger', '1900-01-01', 7, 'Are there open shafts, steep edges or deep water where people pick?', 'जहाँ लोग चुनते हैं वहाँ कुआँ, ढहती ढलान या गहरा पानी है?', 'no', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('advance', '1900-01-01', 8, 'Did buyers offer money before the work (peshgi) this month?', 'क्या इस महीने किसी ख़रीदार ने काम से पहले पैसे (पेशगी) दिए?', 'no', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('moving', '1900-01-01', 9, 'Did families leave or come for work this month?', 'क्या इस महीने परिवार काम के लिए गए या आए?', 'no', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('prices', '1900-01-01', 10, 'Does the price board hang where mica is weighed?', 'जहाँ ढिबरा तौलते हैं वहाँ भाव का बोर्ड लगा है?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('box', '1900-01-01', 11, 'Does the box for notes hang, and is it locked?', 'क्या पर्ची की पेटी लगी है और ताला बंद है?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now()),
 ('numbers', '1900-01-01', 12, 'Do 1098 and 112 stand where children see them?', 'क्या 1098 और 112 वहाँ लिखे हैं जहाँ बच्चे देखें?', 'yes', 'Own draft, to be settled with the agency and the villages', false, now());

-- A sheet of a village and month; a later one of the same month puts it right, both stay.
CREATE TABLE village_check (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  village varchar(80) NOT NULL CHECK (village <> ''), village_key varchar(80) NOT NULL, on_day date NOT NULL,
  recorded_as varchar(20) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX village_check_day ON village_check (cooperative_id, on_day);
GRANT SELECT, INSERT ON village_check TO :school;
GRANT USAGE ON SEQUENCE village_check_id_seq TO :school;
SELECT coop_guard_rows('village_check');
SELECT coop_append_only('village_check');
CREATE TABLE village_check_answer (
  check_id bigint NOT NULL REFERENCES village_check ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  item varchar(16) NOT NULL, answer varchar(8) NOT NULL CHECK (answer IN ('yes', 'no', 'unseen')), PRIMARY KEY (check_id, item)
);
GRANT SELECT, INSERT ON village_check_answer TO :school;
SELECT coop_guard_rows('village_check_answer');
SELECT coop_append_only('village_check_answer');
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('village_check_within', 45, 'days', '1900-01-01', 'Own limit within which a monitor''s sheet is entered, to be settled by the agency', false, now());
