-- The chart of accounts; a cooperative keeps the same accounts.
CREATE TABLE account (
  code integer PRIMARY KEY, name_en varchar(80) NOT NULL, name_hi varchar(80) NOT NULL,
  kind varchar(10) NOT NULL CHECK (kind IN ('asset', 'liability', 'income', 'expense', 'fund'))
);
GRANT SELECT ON account TO :app;
INSERT INTO account VALUES
 (1010, 'Cash', 'नकद', 'asset'),
 (1310, 'Stock of dhibra', 'ढिबरा का भंडार', 'asset'),
 (2110, 'Due to members', 'सदस्यों को देय', 'liability');

-- Numbers without a gap: the last one taken, in the transaction that uses it.
CREATE TABLE number_series (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fy integer NOT NULL, series varchar(8) NOT NULL, last_no bigint NOT NULL CHECK (last_no >= 0),
  PRIMARY KEY (cooperative_id, fy, series)
);
GRANT SELECT, INSERT, UPDATE ON number_series TO :app;
SELECT coop_guard_rows('number_series');

CREATE TABLE journal (
  id bigserial, cooperative_id bigint NOT NULL, fy integer NOT NULL, no bigint NOT NULL,
  day date NOT NULL, posted_at timestamptz NOT NULL, about varchar(40) NOT NULL, document varchar(20) NOT NULL,
  PRIMARY KEY (cooperative_id, fy, no)
) PARTITION BY LIST (fy);
SELECT coop_years('journal');
GRANT SELECT, INSERT ON journal TO :app;
GRANT USAGE ON SEQUENCE journal_id_seq TO :app;
SELECT coop_guard_rows('journal');
SELECT coop_append_only('journal');

-- Debits are positive, credits negative. member_id and grade_code open the account's sub-ledgers.
CREATE TABLE ledger_entry (
  id bigserial, cooperative_id bigint NOT NULL, fy integer NOT NULL, journal_no bigint NOT NULL, line_no smallint NOT NULL,
  account_code integer NOT NULL REFERENCES account ON DELETE RESTRICT, amount_paise bigint NOT NULL,
  member_id bigint NOT NULL DEFAULT 0, grade_code integer NOT NULL DEFAULT 0, stock_grams bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (cooperative_id, fy, journal_no, line_no),
  FOREIGN KEY (cooperative_id, fy, journal_no) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
) PARTITION BY LIST (fy);
SELECT coop_years('ledger_entry');
GRANT SELECT, INSERT ON ledger_entry TO :app;
GRANT USAGE ON SEQUENCE ledger_entry_id_seq TO :app;
SELECT coop_guard_rows('ledger_entry');
SELECT coop_append_only('ledger_entry');

-- At COMMIT every journal has at least two lines and they sum to zero, whoever wrote them.
CREATE FUNCTION coop_must_balance(coop bigint, year integer, journal_no_ bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE total numeric; line_count integer;
BEGIN
  SELECT coalesce(sum(amount_paise), 0), count(*) INTO total, line_count FROM ledger_entry
   WHERE cooperative_id = coop AND fy = year AND journal_no = journal_no_;
  IF line_count < 2 OR total <> 0 THEN
    RAISE EXCEPTION 'journal % of year % does not balance: % lines, % paise', journal_no_, year, line_count, total
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;
CREATE FUNCTION coop_journal_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM coop_must_balance(NEW.cooperative_id, NEW.fy, NEW.no); RETURN NULL; END $$;
CREATE FUNCTION coop_line_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM coop_must_balance(NEW.cooperative_id, NEW.fy, NEW.journal_no); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION coop_journal_balances();
CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION coop_line_balances();

-- Sums that pages show, kept by the posting itself and proved by `coop ledger verify`.
CREATE TABLE kept_total (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  account_code integer NOT NULL, member_id bigint NOT NULL DEFAULT 0, grade_code integer NOT NULL DEFAULT 0,
  amount_paise bigint NOT NULL, stock_grams bigint NOT NULL,
  PRIMARY KEY (cooperative_id, account_code, member_id, grade_code),
  CONSTRAINT stock_never_below_zero CHECK (stock_grams >= 0)
);
GRANT SELECT, INSERT, UPDATE ON kept_total TO :app;
SELECT coop_guard_rows('kept_total');

CREATE TABLE day_total (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  day date NOT NULL, weighing_count integer NOT NULL, payable_grams bigint NOT NULL, amount_paise bigint NOT NULL,
  cash_paise bigint NOT NULL,
  PRIMARY KEY (cooperative_id, day)
);
GRANT SELECT, INSERT, UPDATE ON day_total TO :app;
SELECT coop_guard_rows('day_total');

-- Cash that a member was paid for one India Standard Time day, over all centres (the cash limit's sum).
CREATE TABLE member_day_cash (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL, day date NOT NULL, cash_paise bigint NOT NULL CHECK (cash_paise >= 0),
  PRIMARY KEY (cooperative_id, member_id, day)
);
GRANT SELECT, INSERT, UPDATE ON member_day_cash TO :app;
SELECT coop_guard_rows('member_day_cash');
