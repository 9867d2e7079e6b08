-- The feedback box, its answers and its board; who was heard before a decision.
-- What children say is granted to their own role, <database>_school: the application's role, as which
-- weighing, sales and payments work, reads none of it. Of a sender nothing is kept: no address, program,
-- account, number in a row, or time finer than a day. Keys are drawn by chance, so that they tell no order.
GRANT EXECUTE ON FUNCTION coop_assignments_of(bigint, timestamptz) TO :school;

CREATE TABLE voice_batch (
  id uuid PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  opened_on date NOT NULL, witness varchar(120) NOT NULL CHECK (witness <> ''),
  notes integer NOT NULL CHECK (notes > 0), unreadable integer NOT NULL CHECK (unreadable BETWEEN 0 AND notes),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON voice_batch TO :school;
SELECT coop_guard_rows('voice_batch');
SELECT coop_append_only('voice_batch');

-- A message: what was tapped, and the day. code_mark and form_mark are keyed hashes, nothing without the
-- key beside the database: one finds the answer by its pictures, the other a form that was sent twice.
CREATE TABLE voice_message (
  id uuid PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  on_day date NOT NULL, came varchar(5) NOT NULL CHECK (came IN ('box', 'paper')),
  feeling varchar(4) NOT NULL CHECK (feeling IN ('', 'good', 'bad', 'help')),
  about varchar(6) NOT NULL CHECK (about IN ('', 'home', 'school', 'site', 'scale', 'person', 'else')),
  may_show boolean NOT NULL, code_mark bytea CHECK (octet_length(code_mark) = 32),
  form_mark bytea UNIQUE CHECK (octet_length(form_mark) = 32),
  batch_id uuid REFERENCES voice_batch ON DELETE RESTRICT,
  CHECK ((came = 'box') = (code_mark IS NOT NULL AND form_mark IS NOT NULL AND batch_id IS NULL)),
  CHECK ((came = 'paper') = (batch_id IS NOT NULL))
);
CREATE INDEX voice_message_day ON voice_message (cooperative_id, on_day);
CREATE UNIQUE INDEX voice_message_code ON voice_message (cooperative_id, code_mark) WHERE code_mark IS NOT NULL;
GRANT SELECT, INSERT ON voice_message TO :school;
SELECT coop_guard_rows('voice_message');
SELECT coop_append_only('voice_message');

-- The words of a message: erasable, never changed.
CREATE TABLE voice_words (
  message_id uuid PRIMARY KEY REFERENCES voice_message ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  words varchar(600) NOT NULL CHECK (words <> '')
);
GRANT SELECT, INSERT, DELETE ON voice_words TO :school;
SELECT coop_guard_rows('voice_words');
SELECT coop_erasable('voice_words');

-- A message that names a reader is kept from that reader.
CREATE TABLE voice_withheld (
  message_id uuid NOT NULL REFERENCES voice_message ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  user_id bigint NOT NULL, PRIMARY KEY (message_id, user_id)
);
GRANT SELECT, INSERT ON voice_withheld TO :school;
SELECT coop_guard_rows('voice_withheld');
SELECT coop_append_only('voice_withheld');

-- How much came in a day, of all senders together: the only limit there is.
CREATE TABLE voice_day (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  on_day date NOT NULL, kind varchar(7) NOT NULL CHECK (kind IN ('message', 'wrong')),
  counted integer NOT NULL CHECK (counted > 0), PRIMARY KEY (cooperative_id, on_day, kind)
);
GRANT SELECT, INSERT, UPDATE ON voice_day TO :school;
SELECT coop_guard_rows('voice_day');

-- What a reader found: one decision a message.
CREATE TABLE voice_decision (
  message_id uuid PRIMARY KEY REFERENCES voice_message ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  kind varchar(9) NOT NULL CHECK (kind IN ('concern', 'grievance', 'idea', 'other')),
  concern_about varchar(12) NOT NULL, decided_by varchar(80) NOT NULL, decided_at timestamptz NOT NULL,
  CHECK ((kind = 'concern') = (concern_about <> ''))
);
GRANT SELECT, INSERT ON voice_decision TO :school;
SELECT coop_guard_rows('voice_decision');
SELECT coop_append_only('voice_decision');

-- Words of a reader about a message: the answer for its pictures, or what may be told without a name.
CREATE TABLE voice_reply (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  message_id uuid NOT NULL REFERENCES voice_message ON DELETE RESTRICT,
  kind varchar(6) NOT NULL CHECK (kind IN ('answer', 'told')), words varchar(400) NOT NULL CHECK (words <> ''),
  written_by varchar(80) NOT NULL, written_at timestamptz NOT NULL, UNIQUE (message_id, kind)
);
GRANT SELECT, INSERT ON voice_reply TO :school;
GRANT USAGE ON SEQUENCE voice_reply_id_seq TO :school;
SELECT coop_guard_rows('voice_reply');
SELECT coop_append_only('voice_reply');

-- The public board, a month at a time: nothing on it is a message's own words unless its sender allowed it.
CREATE TABLE voice_board (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  month date NOT NULL CHECK (extract(day FROM month) = 1), heard varchar(300) NOT NULL CHECK (heard <> ''),
  done varchar(300) NOT NULL CHECK (done <> ''), operation_id uuid NOT NULL UNIQUE,
  written_by varchar(80) NOT NULL, written_at timestamptz NOT NULL
);
CREATE INDEX voice_board_month ON voice_board (cooperative_id, month);
GRANT SELECT, INSERT ON voice_board TO :school;
GRANT SELECT ON voice_board TO :app;
GRANT USAGE ON SEQUENCE voice_board_id_seq TO :school;
SELECT coop_guard_rows('voice_board');
SELECT coop_append_only('voice_board');

-- Who was heard before a decision: people counted by sex and band of age, nobody named.
CREATE TABLE hearing (
  id bigserial PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  about varchar(8) NOT NULL CHECK (about IN ('price', 'site', 'scheme', 'school', 'other')),
  question varchar(200) NOT NULL CHECK (question <> ''), held_on date NOT NULL, place varchar(120) NOT NULL CHECK (place <> ''),
  said varchar(1000) NOT NULL CHECK (said <> ''), changed varchar(1000) NOT NULL CHECK (changed <> ''),
  operation_id uuid NOT NULL UNIQUE, content_sha256 bytea NOT NULL CHECK (octet_length(content_sha256) = 32),
  recorded_as varchar(20) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON hearing TO :app;
GRANT USAGE ON SEQUENCE hearing_id_seq TO :app;
ALTER TABLE hearing ENABLE ROW LEVEL SECURITY;
CREATE POLICY within_reach ON hearing USING (
  cooperative_id IS NULL OR (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]))
  WITH CHECK ((SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
SELECT coop_append_only('hearing');
CREATE TABLE hearing_people (
  hearing_id bigint NOT NULL REFERENCES hearing ON DELETE RESTRICT,
  band varchar(5) NOT NULL CHECK (band IN ('6-13', '14-17', '18-35', '36-59', '60+')),
  sex varchar(1) NOT NULL CHECK (sex IN ('F', 'M', 'O')), people integer NOT NULL CHECK (people > 0),
  PRIMARY KEY (hearing_id, band, sex)
);
GRANT SELECT, INSERT ON hearing_people TO :app;
SELECT coop_append_only('hearing_people');

-- Which hearing a decision about a site rests on, or why there was none. A price notice carries its own.
CREATE TABLE site_hearing (
  site_code varchar(20) NOT NULL, version integer NOT NULL,
  hearing_id bigint REFERENCES hearing ON DELETE RESTRICT, no_hearing_reason varchar(300) NOT NULL,
  recorded_at timestamptz NOT NULL, PRIMARY KEY (site_code, version),
  CHECK ((hearing_id IS NULL) = (no_hearing_reason <> ''))
);
GRANT SELECT, INSERT ON site_hearing TO :app;
SELECT coop_append_only('site_hearing');

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('voice_read_within', 2, 'days', '1900-01-01', 'Own working time from a message to its reading, to be confirmed by the agency', false, now()),
 ('voice_messages_a_day', 200, 'messages', '1900-01-01', 'Own limit of a box for all senders together, in place of one by sender', false, now()),
 ('voice_wrong_codes_a_day', 200, 'tries', '1900-01-01', 'Own limit of wrong picture codes for all together; 635,376 choices of 4 from 64', false, now()),
 ('voice_code_opens', 90, 'days', '1900-01-01', 'Own time in which a picture code shows its answer, to be confirmed by the agency', false, now()),
 ('voice_words_kept', 365, 'days', '1900-01-01', 'Own period until the words of a message are erased; Digital Personal Data Protection Act 2023, s.8(7): erase when the purpose is served', false, now()),
 ('voice_board_least', 5, 'messages', '1900-01-01', 'Own limit: a month with fewer messages is not on the board', false, now());
