-- Lots, what stands in them and what is lost; sales, challans, gate-out, credit and debit notes.
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('gst_rate', 5, 'per cent', '2017-07-01', 'GST on tariff heading 2525 (mica): 5 per cent, old rate and new rate alike (tariff page of busy.in)', true, now()),
 ('eway_within', 10000000, 'paise', '2018-09-28', 'Jharkhand S.O. 66 of 26 September 2018: above 1,00,000 rupees within the State; mica is not among its exceptions', true, now()),
 ('eway_between', 5000000, 'paise', '2018-04-01', 'E-way bill rules: above 50,000 rupees from State to State (mybillbook.in)', true, now()),
 ('cash_receipt_below', 20000000, 'paise', '1900-01-01', 'Income-tax Act 2025 s.186 (before 1 April 2026: Act of 1961 s.269ST): 2,00,000 rupees or more in cash are barred', true, now()),
 ('challan_tolerance', 2, 'per cent', '1900-01-01', 'Own rule for what is loaded against the challan, to be confirmed by the agency', false, now()),
 ('weighbridge_tolerance', 2, 'per cent', '1900-01-01', 'Own rule for the buyer''s weighbridge against ours, to be confirmed by the agency', false, now()),
 ('loss_tolerance', 2, 'per cent', '1900-01-01', 'Own rule for losses of a lot without a board note, to be confirmed by the board', false, now());

-- A free purchase is looked for by grade and time.
CREATE INDEX weighing_grade_time ON weighing (cooperative_id, grade_code, weighed_at, fy, no);

-- The cooperative's GSTIN from a day on; an empty one: not registered (any more).
CREATE TABLE gst_registration (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  gstin varchar(15) NOT NULL CHECK (gstin ~ '^([0-9]{2}[0-9A-Z]{13})?$'), holds_from date NOT NULL,
  source varchar(200) NOT NULL, recorded_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL
);
CREATE INDEX gst_registration_day ON gst_registration (cooperative_id, holds_from DESC, id DESC);
GRANT SELECT, INSERT ON gst_registration TO :app;
GRANT USAGE ON SEQUENCE gst_registration_id_seq TO :app;
SELECT coop_guard_rows('gst_registration');
SELECT coop_append_only('gst_registration');

-- The id drawn with a form: the same body again is answered as before, another body is a conflict.
CREATE TABLE sales_act (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, operation_id uuid NOT NULL,
  act varchar(20) NOT NULL, content bytea NOT NULL CHECK (octet_length(content) = 32),
  answer varchar(60) NOT NULL, at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, operation_id)
);
GRANT SELECT, INSERT ON sales_act TO :app;
SELECT coop_guard_rows('sales_act');
SELECT coop_append_only('sales_act');

-- One lot, one grade, one district. own_no: its number in a list that was imported.
CREATE TABLE lot (
  id bigserial NOT NULL UNIQUE, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fy integer NOT NULL, no bigint NOT NULL CHECK (no >= 1), number varchar(24) NOT NULL UNIQUE, own_no varchar(24) NOT NULL,
  grade_code integer NOT NULL REFERENCES grade ON DELETE RESTRICT, district_lgd integer NOT NULL,
  made_at timestamptz NOT NULL, posted_at timestamptz NOT NULL, made_by varchar(80) NOT NULL,
  stock_grams bigint NOT NULL CHECK (stock_grams > 0), sorted_out_grams bigint NOT NULL CHECK (sorted_out_grams >= 0),
  first_weighed_at timestamptz NOT NULL, last_weighed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, fy, no)
);
CREATE UNIQUE INDEX lot_own_no ON lot (cooperative_id, own_no) WHERE own_no <> '';
GRANT SELECT, INSERT ON lot TO :app;
GRANT USAGE ON SEQUENCE lot_id_seq TO :app;
SELECT coop_guard_rows('lot');
SELECT coop_append_only('lot');

-- A purchase stands in one lot, once for ever. Grams and paise are the weighing's.
CREATE TABLE lot_purchase (
  cooperative_id bigint NOT NULL, fy integer NOT NULL, weighing_no bigint NOT NULL,
  lot_fy integer NOT NULL, lot_no bigint NOT NULL, grams bigint NOT NULL CHECK (grams > 0), paise bigint NOT NULL CHECK (paise >= 0),
  CONSTRAINT purchase_in_one_lot PRIMARY KEY (cooperative_id, fy, weighing_no),
  FOREIGN KEY (cooperative_id, fy, weighing_no) REFERENCES weighing (cooperative_id, fy, no) ON DELETE RESTRICT,
  FOREIGN KEY (cooperative_id, lot_fy, lot_no) REFERENCES lot (cooperative_id, fy, no) ON DELETE RESTRICT
) PARTITION BY LIST (fy);
SELECT coop_years('lot_purchase');
CREATE INDEX lot_purchase_lot ON lot_purchase (cooperative_id, lot_fy, lot_no);
GRANT SELECT, INSERT ON lot_purchase TO :app;
SELECT coop_guard_rows('lot_purchase');
SELECT coop_append_only('lot_purchase');

-- A purchase that was taken back has left its lot.
CREATE TABLE lot_departure (
  cooperative_id bigint NOT NULL, fy integer NOT NULL, weighing_no bigint NOT NULL,
  lot_fy integer NOT NULL, lot_no bigint NOT NULL, at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, fy, weighing_no),
  FOREIGN KEY (cooperative_id, fy, weighing_no) REFERENCES lot_purchase (cooperative_id, fy, weighing_no) ON DELETE RESTRICT
);
CREATE INDEX lot_departure_lot ON lot_departure (cooperative_id, lot_fy, lot_no);
GRANT SELECT, INSERT ON lot_departure TO :app;
SELECT coop_guard_rows('lot_departure');
SELECT coop_append_only('lot_departure');

-- What moves a lot's stock; grams and cost are signed as the stock sees them.
-- about_no: number of the FIR, the board's note or the release order.
CREATE TABLE lot_movement (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL, lot_fy integer NOT NULL, lot_no bigint NOT NULL,
  kind varchar(12) NOT NULL CHECK (kind IN ('filled', 'sorted', 'shrunk', 'loss_undone', 'sold', 'returned', 'seized', 'released', 'left')),
  grams bigint NOT NULL, cost_paise bigint NOT NULL, happened_at timestamptz NOT NULL, posted_at timestamptz NOT NULL,
  fy integer NOT NULL, journal_no bigint, sale_fy integer, sale_no bigint,
  reason varchar(200) NOT NULL, about_no varchar(40) NOT NULL, actor varchar(80) NOT NULL,
  UNIQUE (cooperative_id, sale_fy, sale_no, kind),
  CONSTRAINT sign_fits_kind CHECK (CASE WHEN kind IN ('filled', 'returned', 'released') THEN grams > 0 AND cost_paise >= 0
    WHEN kind = 'loss_undone' THEN grams >= 0 ELSE grams < 0 AND cost_paise <= 0 END),
  CONSTRAINT sale_where_sold CHECK ((kind IN ('sold', 'returned')) = (sale_no IS NOT NULL AND sale_fy IS NOT NULL)),
  CONSTRAINT seized_by_number CHECK (kind NOT IN ('seized', 'released') OR about_no <> ''),
  FOREIGN KEY (cooperative_id, lot_fy, lot_no) REFERENCES lot (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX lot_movement_lot ON lot_movement (cooperative_id, lot_fy, lot_no, id);
GRANT SELECT, INSERT ON lot_movement TO :app;
GRANT USAGE ON SEQUENCE lot_movement_id_seq TO :app;
SELECT coop_guard_rows('lot_movement');
SELECT coop_append_only('lot_movement');

-- What a lot holds, kept by the triggers of 89_lot_balance and by nothing else.
CREATE TABLE lot_balance (
  cooperative_id bigint NOT NULL, lot_fy integer NOT NULL, lot_no bigint NOT NULL,
  purchase_count integer NOT NULL CHECK (purchase_count >= 0), purchases_root bytea NOT NULL CHECK (octet_length(purchases_root) = 32),
  bought_grams bigint NOT NULL CHECK (bought_grams >= 0), bought_paise bigint NOT NULL CHECK (bought_paise >= 0),
  stock_grams bigint NOT NULL CONSTRAINT lot_never_below_zero CHECK (stock_grams >= 0), stock_paise bigint NOT NULL CHECK (stock_paise >= 0),
  sold_grams bigint NOT NULL CHECK (sold_grams >= 0), sold_paise bigint NOT NULL CHECK (sold_paise >= 0),
  lost_grams bigint NOT NULL CHECK (lost_grams >= 0), lost_paise bigint NOT NULL CHECK (lost_paise >= 0),
  seized_grams bigint NOT NULL CHECK (seized_grams >= 0), seized_paise bigint NOT NULL CHECK (seized_paise >= 0),
  PRIMARY KEY (cooperative_id, lot_fy, lot_no),
  CONSTRAINT no_cost_without_stock CHECK (stock_grams > 0 OR stock_paise = 0),
  FOREIGN KEY (cooperative_id, lot_fy, lot_no) REFERENCES lot (cooperative_id, fy, no) ON DELETE RESTRICT
);
GRANT SELECT ON lot_balance TO :app;
SELECT coop_guard_rows('lot_balance');

-- A sale of a lot. no is that of its receipt (kind 2) and of its invoice. buyer_id names the buyer in
-- the books (its first row), buyer_version_id the row it was sold by. Rates are paise a kilogram.
CREATE TABLE sale (
  id bigserial NOT NULL UNIQUE, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fy integer NOT NULL, no bigint NOT NULL CHECK (no >= 1), number varchar(24) NOT NULL UNIQUE, own_no varchar(24) NOT NULL,
  lot_fy integer NOT NULL, lot_no bigint NOT NULL, grade_code integer NOT NULL REFERENCES grade ON DELETE RESTRICT,
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT, buyer_version_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT,
  buyer_code varchar(12) NOT NULL, price_line_id bigint NOT NULL REFERENCES price_notice_line ON DELETE RESTRICT,
  quantity_grams bigint NOT NULL CHECK (quantity_grams > 0), rate_paise bigint NOT NULL, floor_paise bigint NOT NULL,
  amount_paise bigint NOT NULL CHECK (amount_paise >= 0), own_gstin varchar(15) NOT NULL, party varchar(15) NOT NULL,
  place_of_supply varchar(2) NOT NULL, supply varchar(7) NOT NULL CHECK (supply IN ('bill', 'within', 'between')),
  tax_rate integer NOT NULL CHECK (tax_rate >= 0), cgst_paise bigint NOT NULL, sgst_paise bigint NOT NULL, igst_paise bigint NOT NULL,
  round_off_paise bigint NOT NULL, total_paise bigint NOT NULL, premium_rate_paise bigint NOT NULL, premium_paise bigint NOT NULL CHECK (premium_paise >= 0),
  cost_paise bigint NOT NULL CHECK (cost_paise >= 0), journal_no bigint NOT NULL, sold_at timestamptz NOT NULL, sold_day date NOT NULL,
  posted_at timestamptz NOT NULL, sold_by varchar(80) NOT NULL,
  PRIMARY KEY (cooperative_id, fy, no),
  CONSTRAINT never_below_the_floor CHECK (rate_paise >= floor_paise),
  CONSTRAINT halves_are_equal CHECK (cgst_paise = sgst_paise AND (igst_paise = 0 OR cgst_paise = 0)),
  CONSTRAINT bill_bears_no_tax CHECK (supply <> 'bill' OR (cgst_paise = 0 AND igst_paise = 0 AND own_gstin = '')),
  CONSTRAINT total_is_the_sum CHECK (total_paise = amount_paise + cgst_paise + sgst_paise + igst_paise + round_off_paise),
  FOREIGN KEY (cooperative_id, lot_fy, lot_no) REFERENCES lot (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX sale_own_no ON sale (cooperative_id, own_no) WHERE own_no <> '';
CREATE INDEX sale_lot ON sale (cooperative_id, lot_fy, lot_no);
CREATE INDEX sale_buyer ON sale (buyer_code, id);
GRANT SELECT, INSERT ON sale TO :app;
GRANT USAGE ON SEQUENCE sale_id_seq TO :app;
SELECT coop_guard_rows('sale');
SELECT coop_append_only('sale');

-- The last challan of a sale holds: an extension or a correction is a new row.
CREATE TABLE sale_challan (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL, sale_fy integer NOT NULL, sale_no bigint NOT NULL,
  challan_no varchar(40) NOT NULL, vehicle_no varchar(20) NOT NULL, quantity_grams bigint NOT NULL CHECK (quantity_grams > 0),
  valid_from timestamptz NOT NULL, valid_to timestamptz NOT NULL, delivery_state varchar(2) NOT NULL, eway_no varchar(20) NOT NULL,
  recorded_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL, CHECK (valid_to > valid_from),
  FOREIGN KEY (cooperative_id, sale_fy, sale_no) REFERENCES sale (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX sale_challan_sale ON sale_challan (cooperative_id, sale_fy, sale_no, id);
GRANT SELECT, INSERT ON sale_challan TO :app;
GRANT USAGE ON SEQUENCE sale_challan_id_seq TO :app;
SELECT coop_guard_rows('sale_challan');
SELECT coop_append_only('sale_challan');

-- A sale leaves the gate once; its journal takes the goods out of the books' stock.
CREATE TABLE gate_out (
  cooperative_id bigint NOT NULL, sale_fy integer NOT NULL, sale_no bigint NOT NULL, challan_id bigint NOT NULL REFERENCES sale_challan ON DELETE RESTRICT,
  vehicle_no varchar(20) NOT NULL, loaded_grams bigint NOT NULL CHECK (loaded_grams > 0), left_at timestamptz NOT NULL,
  fy integer NOT NULL, journal_no bigint NOT NULL, posted_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL,
  PRIMARY KEY (cooperative_id, sale_fy, sale_no),
  FOREIGN KEY (cooperative_id, sale_fy, sale_no) REFERENCES sale (cooperative_id, fy, no) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON gate_out TO :app;
SELECT coop_guard_rows('gate_out');
SELECT coop_append_only('gate_out');

-- A note on a sale: asked for by one. A difference at the buyer's weighbridge asks for one by itself.
CREATE TABLE sale_note_request (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL, sale_fy integer NOT NULL, sale_no bigint NOT NULL,
  kind varchar(8) NOT NULL CHECK (kind IN ('reversal', 'credit', 'debit')), grams bigint NOT NULL CHECK (grams > 0),
  reason varchar(200) NOT NULL CHECK (reason <> ''), asked_at timestamptz NOT NULL, asked_by varchar(80) NOT NULL,
  UNIQUE (id, asked_by),
  FOREIGN KEY (cooperative_id, sale_fy, sale_no) REFERENCES sale (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX sale_note_request_sale ON sale_note_request (cooperative_id, sale_fy, sale_no, id);
GRANT SELECT, INSERT ON sale_note_request TO :app;
GRANT USAGE ON SEQUENCE sale_note_request_id_seq TO :app;
SELECT coop_guard_rows('sale_note_request');
SELECT coop_append_only('sale_note_request');

CREATE TABLE weighbridge_reading (
  cooperative_id bigint NOT NULL, sale_fy integer NOT NULL, sale_no bigint NOT NULL, slip_no varchar(40) NOT NULL,
  buyer_grams bigint NOT NULL CHECK (buyer_grams > 0), within_tolerance boolean NOT NULL,
  request_id bigint REFERENCES sale_note_request ON DELETE RESTRICT, read_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL, recorded_by varchar(80) NOT NULL,
  PRIMARY KEY (cooperative_id, sale_fy, sale_no), CHECK (within_tolerance = (request_id IS NULL)),
  FOREIGN KEY (cooperative_id, sale_fy, sale_no) REFERENCES gate_out (cooperative_id, sale_fy, sale_no) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON weighbridge_reading TO :app;
SELECT coop_guard_rows('weighbridge_reading');
SELECT coop_append_only('weighbridge_reading');

-- Whoever asked does not decide: the database itself refuses it.
CREATE TABLE sale_note_decision (
  request_id bigint PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  confirmed boolean NOT NULL, asked_by varchar(80) NOT NULL, decided_by varchar(80) NOT NULL CHECK (decided_by <> asked_by),
  decided_at timestamptz NOT NULL,
  FOREIGN KEY (request_id, asked_by) REFERENCES sale_note_request (id, asked_by) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON sale_note_decision TO :app;
SELECT coop_guard_rows('sale_note_decision');
SELECT coop_append_only('sale_note_decision');

-- A credit (C) or debit (D) note, each with its own numbers. Sums are positive; a reversal has a receipt (kind 3).
CREATE TABLE sale_note (
  cooperative_id bigint NOT NULL, fy integer NOT NULL, series varchar(1) NOT NULL CHECK (series IN ('C', 'D')), no bigint NOT NULL CHECK (no >= 1),
  number varchar(24) NOT NULL UNIQUE, request_id bigint NOT NULL UNIQUE REFERENCES sale_note_decision ON DELETE RESTRICT,
  sale_fy integer NOT NULL, sale_no bigint NOT NULL, kind varchar(8) NOT NULL CHECK (kind IN ('reversal', 'credit', 'debit')), grams bigint NOT NULL CHECK (grams > 0),
  amount_paise bigint NOT NULL, cgst_paise bigint NOT NULL, sgst_paise bigint NOT NULL, igst_paise bigint NOT NULL,
  round_off_paise bigint NOT NULL, total_paise bigint NOT NULL, premium_paise bigint NOT NULL,
  receipt_no bigint, journal_no bigint NOT NULL, issued_at timestamptz NOT NULL, issued_by varchar(80) NOT NULL,
  PRIMARY KEY (cooperative_id, fy, series, no), CHECK ((series = 'D') = (kind = 'debit')), CHECK ((kind = 'reversal') = (receipt_no IS NOT NULL)),
  CHECK (cgst_paise = sgst_paise), CHECK (total_paise = amount_paise + cgst_paise + sgst_paise + igst_paise + round_off_paise),
  FOREIGN KEY (cooperative_id, sale_fy, sale_no) REFERENCES sale (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX sale_taken_back_once ON sale_note (cooperative_id, sale_fy, sale_no) WHERE kind = 'reversal';
CREATE INDEX sale_note_sale ON sale_note (cooperative_id, sale_fy, sale_no);
GRANT SELECT, INSERT ON sale_note TO :app;
SELECT coop_guard_rows('sale_note');
SELECT coop_append_only('sale_note');
