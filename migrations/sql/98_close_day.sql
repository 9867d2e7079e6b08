-- The close of a day: the cash box counted by one person, confirmed by another, the difference booked.
INSERT INTO account VALUES (5310, 'Cash short or over', 'नकद में कमी या बढ़त', 'expense');

-- Notes and coins that a count asks for. What is in circulation changes: a row ends, another begins.
CREATE TABLE denomination (
  id bigserial PRIMARY KEY, value_paise integer NOT NULL CHECK (value_paise > 0),
  kind varchar(4) NOT NULL CHECK (kind IN ('note', 'coin')), holds_from date NOT NULL, holds_until date,
  source varchar(400) NOT NULL, verified boolean NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (value_paise, kind, holds_from), CHECK (holds_until IS NULL OR holds_until >= holds_from)
);
GRANT SELECT, INSERT ON denomination TO :app;
GRANT USAGE ON SEQUENCE denomination_id_seq TO :app;
SELECT coop_append_only('denomination');
INSERT INTO denomination (value_paise, kind, holds_from, source, verified, recorded_at)
SELECT v, k, '1900-01-01', 'Notes and coins of daily use, own list; to be confirmed against the list of the Reserve Bank of India', false, now()
FROM (VALUES (50000, 'note'), (20000, 'note'), (10000, 'note'), (5000, 'note'), (2000, 'note'), (1000, 'note'),
             (2000, 'coin'), (1000, 'coin'), (500, 'coin'), (200, 'coin'), (100, 'coin')) AS u (v, k);

-- A count of the box. expected_paise: the ledger's cash at that moment, after the journal named here.
-- opening_paise: what was counted at the last close. The last count of a day that stands unconfirmed may be made anew.
CREATE TABLE cash_count (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  day date NOT NULL, opening_paise bigint NOT NULL, expected_paise bigint NOT NULL,
  counted_paise bigint NOT NULL CHECK (counted_paise >= 0), after_fy integer NOT NULL, after_no bigint NOT NULL,
  reason varchar(20) NOT NULL, words varchar(200) NOT NULL,
  operation_id uuid NOT NULL, content bytea NOT NULL CHECK (octet_length(content) = 32),
  counted_by bigint NOT NULL, counted_role varchar(40) NOT NULL, counted_at timestamptz NOT NULL,
  UNIQUE (cooperative_id, operation_id), UNIQUE (cooperative_id, id, counted_by, day),
  CHECK ((reason = '') = (expected_paise = counted_paise))
);
CREATE INDEX cash_count_day ON cash_count (cooperative_id, day, id DESC);
GRANT SELECT, INSERT ON cash_count TO :app;
GRANT USAGE ON SEQUENCE cash_count_id_seq TO :app;
SELECT coop_guard_rows('cash_count');
SELECT coop_append_only('cash_count');
CREATE TABLE cash_count_line (
  count_id bigint NOT NULL REFERENCES cash_count ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  value_paise integer NOT NULL, kind varchar(4) NOT NULL CHECK (kind IN ('note', 'coin')),
  pieces integer NOT NULL CHECK (pieces > 0), PRIMARY KEY (count_id, value_paise, kind)
);
GRANT SELECT, INSERT ON cash_count_line TO :app;
SELECT coop_guard_rows('cash_count_line');
SELECT coop_append_only('cash_count_line');

-- Whoever counted does not confirm: the database itself refuses it. One close a day.
CREATE TABLE closed_day (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, day date NOT NULL,
  count_id bigint NOT NULL UNIQUE, counted_by bigint NOT NULL, journal_fy integer, journal_no bigint,
  operation_id uuid NOT NULL, confirmed_by bigint NOT NULL CHECK (confirmed_by <> counted_by),
  confirmed_role varchar(40) NOT NULL, closed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, day), UNIQUE (cooperative_id, operation_id),
  CHECK ((journal_fy IS NULL) = (journal_no IS NULL)),
  FOREIGN KEY (cooperative_id, count_id, counted_by, day) REFERENCES cash_count (cooperative_id, id, counted_by, day) ON DELETE RESTRICT,
  FOREIGN KEY (cooperative_id, journal_fy, journal_no) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON closed_day TO :app;
SELECT coop_guard_rows('closed_day');
SELECT coop_append_only('closed_day');

-- The day under which the books take what was weighed on a day: that day while it is open, else the day of posting.
CREATE FUNCTION coop_book_day(coop bigint, on_day date, at timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM closed_day c WHERE c.cooperative_id = coop AND c.day = on_day AND c.closed_at <= at)
              THEN greatest(on_day, (at AT TIME ZONE 'Asia/Kolkata')::date) ELSE on_day END $$;

-- A page of the paper book is looked up when it is entered.
CREATE INDEX weighing_paper ON weighing (cooperative_id, paper_no) WHERE paper_no <> '';
