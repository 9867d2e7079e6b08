-- Money that came in or went out against a due, and cash brought to or taken from the bank.
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('cash_receipt_bar', 20000000, 'paise', '1900-01-01', 'Income-tax Act 1961 s.269ST, from 1 April 2026 Income-tax Act 2025 s.186: 2,00,000 rupees or more in cash from one person a day, or for one transaction, may not be taken', true, now()),
 ('voucher_back', 31, 'days', '1900-01-01', 'Own limit: money is recorded within a month; an older day was likely mistyped', true, now());

-- series M: money received, V: paid to a member, K: between cash box and bank. on_day: the day of the money.
-- against: the paper that a buyer pays for; reference: of the bank or of UPI.
CREATE TABLE voucher (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, fy integer NOT NULL,
  series varchar(1) NOT NULL CHECK (series IN ('M', 'V', 'K')), no bigint NOT NULL CHECK (no >= 1),
  kind varchar(10) NOT NULL CHECK (kind IN ('received', 'paid', 'to_bank', 'from_bank')),
  mode varchar(4) NOT NULL CHECK (mode IN ('cash', 'upi', 'bank')),
  member_id bigint NOT NULL DEFAULT 0, buyer_id bigint NOT NULL DEFAULT 0,
  amount_paise bigint NOT NULL CHECK (amount_paise > 0), on_day date NOT NULL,
  against varchar(20) NOT NULL, reference varchar(40) NOT NULL, words varchar(200) NOT NULL, journal_no bigint NOT NULL,
  operation_id uuid NOT NULL, content bytea NOT NULL CHECK (octet_length(content) = 32),
  recorded_by bigint NOT NULL, recorded_role varchar(40) NOT NULL, recorded_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, fy, series, no), UNIQUE (cooperative_id, operation_id),
  UNIQUE (cooperative_id, fy, series, no, recorded_by),
  CHECK ((series = 'M') = (kind = 'received') AND (series = 'M') = (buyer_id <> 0)),
  CHECK ((series = 'V') = (kind = 'paid') AND (series = 'V') = (member_id <> 0)),
  FOREIGN KEY (cooperative_id, fy, journal_no) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX voucher_recorded ON voucher (cooperative_id, recorded_at DESC, series, no);
CREATE INDEX voucher_member ON voucher (cooperative_id, member_id, on_day) WHERE member_id <> 0;
CREATE INDEX voucher_buyer ON voucher (cooperative_id, buyer_id, on_day) WHERE buyer_id <> 0;
GRANT SELECT, INSERT ON voucher TO :app;
SELECT coop_guard_rows('voucher');
SELECT coop_append_only('voucher');

-- Whoever recorded it does not take it back: the database itself refuses it.
CREATE TABLE voucher_reversal (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, fy integer NOT NULL,
  series varchar(1) NOT NULL, no bigint NOT NULL, reason varchar(20) NOT NULL, words varchar(200) NOT NULL,
  journal_fy integer NOT NULL, journal_no bigint NOT NULL, operation_id uuid NOT NULL,
  recorded_by bigint NOT NULL, reversed_by bigint NOT NULL CHECK (reversed_by <> recorded_by),
  reversed_role varchar(40) NOT NULL, reversed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, fy, series, no),
  FOREIGN KEY (cooperative_id, fy, series, no, recorded_by) REFERENCES voucher (cooperative_id, fy, series, no, recorded_by) ON DELETE RESTRICT,
  FOREIGN KEY (cooperative_id, journal_fy, journal_no) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON voucher_reversal TO :app;
SELECT coop_guard_rows('voucher_reversal');
SELECT coop_append_only('voucher_reversal');

-- The journal book in pages of 500: what each page adds to an account on a day, carried forward by whoever
-- reads the books. A full page never changes, so neither do its sums; `coop ledger verify` proves them.
CREATE TABLE book_page_total (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, fy integer NOT NULL, page_no bigint NOT NULL,
  day date NOT NULL, account_code integer NOT NULL REFERENCES account ON DELETE RESTRICT,
  amount_paise bigint NOT NULL, stock_grams bigint NOT NULL, line_count integer NOT NULL,
  PRIMARY KEY (cooperative_id, fy, page_no, day, account_code)
);
GRANT SELECT, INSERT ON book_page_total TO :app;
SELECT coop_guard_rows('book_page_total');
SELECT coop_append_only('book_page_total');

-- One member's or buyer's entries, in the order in which they were posted.
CREATE INDEX ledger_entry_member ON ledger_entry (cooperative_id, member_id, fy, journal_no, line_no) WHERE member_id <> 0;
CREATE INDEX ledger_entry_buyer ON ledger_entry (cooperative_id, buyer_id, fy, journal_no, line_no) WHERE buyer_id <> 0;

-- Each year's journal book: after which journal nothing is summed yet, and its last one.
CREATE VIEW book_unsummed WITH (security_invoker = true) AS
  SELECT n.cooperative_id, n.fy, n.last_no, coalesce((SELECT max(p.page_no) + 1 FROM book_page_total p
           WHERE p.cooperative_id = n.cooperative_id AND p.fy = n.fy), 0) * 500 AS after_no
    FROM number_series n WHERE n.series = 'J';
GRANT SELECT ON book_unsummed TO :app;

-- The lines of journals that stand on no summed page: found by key, a range a year. Of the asker's own snapshot.
CREATE FUNCTION coop_unsummed_lines(coop bigint)
RETURNS TABLE (fy integer, journal_no bigint, day date, account_code integer, amount_paise bigint, stock_grams bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE book record;
BEGIN
  FOR book IN SELECT b.fy, b.after_no, b.last_no FROM book_unsummed b WHERE b.cooperative_id = coop LOOP
    RETURN QUERY
      SELECT e.fy, e.journal_no, j.day, e.account_code, e.amount_paise, e.stock_grams
        FROM journal j JOIN ledger_entry e ON e.journal_no = j.no
       WHERE j.cooperative_id = coop AND j.fy = book.fy AND j.no > book.after_no AND j.no <= book.last_no
         AND e.cooperative_id = coop AND e.fy = book.fy AND e.journal_no > book.after_no AND e.journal_no <= book.last_no;
  END LOOP;
END $$;
