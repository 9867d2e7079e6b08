-- What a household earns against what it needs; kit and training; other livelihoods; what the common fund does.

-- The id drawn with a form and what was sent with it. NULL: an act of the agency.
CREATE TABLE livelihood_act (
  operation_id uuid PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  content bytea NOT NULL CHECK (octet_length(content) = 32)
);
GRANT SELECT, INSERT ON livelihood_act TO :app;
SELECT coop_guard_rows('livelihood_act');
SELECT coop_append_only('livelihood_act');

-- What a family needs or a day's work is worth by somebody's word; the last row of a name holds from its day.
-- proxy: measured elsewhere, for want of anything nearer. household_hundredths: the size of the family meant, x 100.
CREATE TABLE income_benchmark (
  id bigserial PRIMARY KEY,
  kind varchar(14) NOT NULL CHECK (kind IN ('living_income', 'minimum_wage', 'rural_work')),
  name_en varchar(120) NOT NULL, name_hi varchar(120) NOT NULL, area varchar(120) NOT NULL, state_lgd integer,
  amount_paise bigint NOT NULL CHECK (amount_paise > 0),
  per varchar(15) NOT NULL CHECK (per IN ('household_month', 'month', 'day')),
  household_hundredths integer CHECK (household_hundredths > 0), holds_from date NOT NULL, proxy boolean NOT NULL,
  source varchar(400) NOT NULL, verified boolean NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  CHECK ((kind = 'living_income') = (per = 'household_month')),
  CHECK ((per = 'household_month') = (household_hundredths IS NOT NULL))
);
GRANT SELECT, INSERT ON income_benchmark TO :app;
GRANT USAGE ON SEQUENCE income_benchmark_id_seq TO :app;
SELECT coop_append_only('income_benchmark');
INSERT INTO income_benchmark (kind, name_en, name_hi, area, state_lgd, amount_paise, per, household_hundredths, holds_from, proxy, source, verified, recorded_by, recorded_at) VALUES
 ('living_income', 'Living income, rural Madhya Pradesh (Chhindwara)', 'जीवन-योग्य आय, ग्रामीण मध्य प्रदेश (छिंदवाड़ा)', 'Chhindwara, Madhya Pradesh', 23, 1924100, 'household_month', 450, '2022-10-01', true,
  'Anker Research Institute, Living Income and Living Wage Report Rural Madhya Pradesh, No. 2021-01-04, updated October 2022. No figure for Jharkhand was found.', true, 'migration', now()),
 ('living_income', 'Living income, rural Madhya Pradesh (Ratlam)', 'जीवन-योग्य आय, ग्रामीण मध्य प्रदेश (रतलाम)', 'Ratlam, Madhya Pradesh', 23, 2045000, 'household_month', 450, '2022-10-01', true,
  'Anker Research Institute, Living Income and Living Wage Report Rural Madhya Pradesh, No. 2021-01-04, updated October 2022. No figure for Jharkhand was found.', true, 'migration', now()),
 ('minimum_wage', 'Minimum wage, unskilled', 'न्यूनतम मज़दूरी, अकुशल', 'Jharkhand', 20, 43400, 'day', NULL, '2025-10-01', false,
  'Jagran Ranchi, 6 November 2025: 434 rupees a day; schedule and area are not stated, April 2026 was not seen', false, 'migration', now()),
 ('minimum_wage', 'Minimum wage, unskilled', 'न्यूनतम मज़दूरी, अकुशल', 'Bihar', 10, 42800, 'day', NULL, '2025-10-01', false,
  'sansani.live, 24 September 2025', true, 'migration', now()),
 ('rural_work', 'Wage of rural work', 'ग्रामीण काम की मज़दूरी', 'Jharkhand', 20, 27200, 'day', NULL, '2024-04-01', false,
  '245 by the centre and 27 by the State, 2024-25; ekhulasa.com', true, 'migration', now()),
 ('rural_work', 'Wage of rural work', 'ग्रामीण काम की मज़दूरी', 'Jharkhand', 20, 28200, 'day', NULL, '2025-04-01', false,
  '255 by the centre and 27 by the State from 1 April 2025 (giridihviews.com); PIB 2253770 of 20 April 2026: existing rates remain', true, 'migration', now());

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('least_member_days', 30, 'member-days', '1900-01-01', 'Own rule: fewer days say nothing about a usual day', false, now()),
 ('work_days_month', 26, 'days', '1900-01-01', 'Customary divisor of monthly wages; a month of work has 26 days', false, now()),
 ('income_answer_holds', 365, 'days', '1900-01-01', 'Own rule: what a household told about other income is asked again after a year', false, now());

-- Agreement of a household to be asked about its income; the last row holds.
CREATE TABLE income_consent (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  given boolean NOT NULL, how varchar(10) NOT NULL CHECK (how IN ('read_aloud', 'thumb', 'signature')), given_on date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX income_consent_household ON income_consent (household_id, id);
GRANT SELECT, INSERT ON income_consent TO :app;
GRANT USAGE ON SEQUENCE income_consent_id_seq TO :app;
SELECT coop_guard_rows('income_consent');
SELECT coop_append_only('income_consent');

-- Income of a usual month from elsewhere, as told: from low to high. Erasable; the last row of a source holds.
CREATE TABLE other_income (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  source varchar(12) NOT NULL CHECK (source IN ('farming', 'livestock', 'wages', 'rural_work', 'forest', 'trade', 'sent_home', 'schemes', 'other')),
  low_paise bigint NOT NULL CHECK (low_paise >= 0), high_paise bigint NOT NULL,
  told_on date NOT NULL, salt bytea NOT NULL CHECK (octet_length(salt) = 16),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL, CHECK (high_paise >= low_paise)
);
CREATE INDEX other_income_household ON other_income (household_id, source, id DESC);
GRANT SELECT, INSERT ON other_income TO :app;
GRANT USAGE ON SEQUENCE other_income_id_seq TO :app;
SELECT coop_guard_rows('other_income');

-- Tools and protection that a cooperative keeps and lends.
CREATE TABLE kit_item (
  code varchar(12) PRIMARY KEY, name_en varchar(80) NOT NULL, name_hi varchar(80) NOT NULL, protects boolean NOT NULL, place integer NOT NULL
);
GRANT SELECT ON kit_item TO :app;
INSERT INTO kit_item VALUES
 ('gloves', 'Gloves, pair', 'दस्ताने, जोड़ी', true, 1), ('mask', 'Dust mask', 'धूल का मास्क', true, 2),
 ('goggles', 'Goggles', 'आँख का चश्मा', true, 3), ('helmet', 'Helmet', 'हेलमेट', true, 4),
 ('boots', 'Boots, pair', 'जूते, जोड़ी', true, 5), ('first_aid', 'First-aid box', 'प्राथमिक उपचार बक्सा', true, 6),
 ('hammer', 'Hammer', 'हथौड़ी', false, 7), ('sieve', 'Sieve', 'चलनी', false, 8),
 ('basket', 'Basket', 'टोकरी', false, 9), ('scale', 'Hand scale', 'हाथ का काँटा', false, 10);

-- bought: to the stock; given and returned: between stock and a member; worn_out, lost: of a member; scrapped: of the stock.
CREATE TABLE kit_move (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  item_code varchar(12) NOT NULL REFERENCES kit_item ON DELETE RESTRICT,
  kind varchar(8) NOT NULL CHECK (kind IN ('bought', 'given', 'returned', 'worn_out', 'lost', 'scrapped')),
  pieces integer NOT NULL CHECK (pieces > 0), member_id bigint REFERENCES member ON DELETE RESTRICT,
  on_day date NOT NULL, note varchar(200) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  CHECK ((kind IN ('bought', 'scrapped')) = (member_id IS NULL))
);
CREATE INDEX kit_move_member ON kit_move (cooperative_id, member_id, item_code) WHERE member_id IS NOT NULL;
GRANT SELECT, INSERT ON kit_move TO :app;
GRANT USAGE ON SEQUENCE kit_move_id_seq TO :app;
SELECT coop_guard_rows('kit_move');
SELECT coop_append_only('kit_move');

CREATE TABLE training (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  topic varchar(12) NOT NULL CHECK (topic IN ('safety', 'first_aid', 'sorting', 'weighing', 'rights', 'children', 'livelihood', 'accounts')),
  held_on date NOT NULL, place varchar(120) NOT NULL, trainer varchar(120) NOT NULL, minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 6000),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON training TO :app;
GRANT USAGE ON SEQUENCE training_id_seq TO :app;
SELECT coop_guard_rows('training');
SELECT coop_append_only('training');

CREATE TABLE training_member (
  training_id bigint NOT NULL REFERENCES training ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT, PRIMARY KEY (training_id, member_id)
);
GRANT SELECT, INSERT ON training_member TO :app;
SELECT coop_guard_rows('training_member');
SELECT coop_append_only('training_member');

-- A household pointed to another livelihood, and what came of it.
CREATE TABLE livelihood_link (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  household_id bigint NOT NULL REFERENCES household ON DELETE RESTRICT,
  programme varchar(12) NOT NULL CHECK (programme IN ('self_help', 'rural_work', 'livestock', 'farming', 'forest', 'tailoring', 'skill', 'trade', 'other')),
  words varchar(200) NOT NULL, opened_at timestamptz NOT NULL
);
CREATE INDEX livelihood_link_household ON livelihood_link (household_id, id);
GRANT SELECT, INSERT ON livelihood_link TO :app;
GRANT USAGE ON SEQUENCE livelihood_link_id_seq TO :app;
SELECT coop_guard_rows('livelihood_link');
SELECT coop_append_only('livelihood_link');

-- monthly_paise: what it brings a month, asked three and six months after the start.
CREATE TABLE livelihood_link_event (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  link_id bigint NOT NULL REFERENCES livelihood_link ON DELETE RESTRICT, seq integer NOT NULL,
  state varchar(10) NOT NULL CHECK (state IN ('referred', 'started', 'month_3', 'month_6', 'stopped')),
  on_day date NOT NULL, monthly_paise bigint CHECK (monthly_paise >= 0),
  reason varchar(12) NOT NULL CHECK (reason IN ('', 'no_money', 'no_market', 'illness', 'moved', 'refused', 'too_far', 'no_time', 'other')),
  note varchar(200) NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL, UNIQUE (link_id, seq),
  CHECK ((state IN ('month_3', 'month_6')) = (monthly_paise IS NOT NULL)), CHECK ((state = 'stopped') = (reason <> ''))
);
GRANT SELECT, INSERT ON livelihood_link_event TO :app;
GRANT USAGE ON SEQUENCE livelihood_link_event_id_seq TO :app;
SELECT coop_guard_rows('livelihood_link_event');
SELECT coop_append_only('livelihood_link_event');

-- What the members resolved to do with the common fund.
CREATE TABLE fund_plan (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fy integer NOT NULL, no bigint NOT NULL,
  purpose varchar(10) NOT NULL CHECK (purpose IN ('school', 'health', 'water', 'safety', 'tools', 'livelihood', 'village', 'other')),
  title_hi varchar(120) NOT NULL, title_en varchar(120) NOT NULL, planned_paise bigint NOT NULL CHECK (planned_paise > 0),
  resolution_no varchar(40) NOT NULL CHECK (resolution_no <> ''), resolved_on date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL, UNIQUE (cooperative_id, fy, no)
);
GRANT SELECT, INSERT ON fund_plan TO :app;
GRANT USAGE ON SEQUENCE fund_plan_id_seq TO :app;
SELECT coop_guard_rows('fund_plan');
SELECT coop_append_only('fund_plan');

-- Money of the fund that went out, by the journal that books it (series F).
CREATE TABLE fund_spending (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, fy integer NOT NULL, no bigint NOT NULL,
  plan_id bigint NOT NULL REFERENCES fund_plan ON DELETE RESTRICT, amount_paise bigint NOT NULL CHECK (amount_paise > 0),
  mode varchar(4) NOT NULL CHECK (mode IN ('cash', 'upi', 'bank')), on_day date NOT NULL, paid_to varchar(120) NOT NULL,
  bill_no varchar(40) NOT NULL, journal_no bigint NOT NULL, recorded_by bigint NOT NULL, recorded_role varchar(40) NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, fy, no), UNIQUE (cooperative_id, fy, no, recorded_by),
  FOREIGN KEY (cooperative_id, fy, journal_no) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX fund_spending_plan ON fund_spending (plan_id);
GRANT SELECT, INSERT ON fund_spending TO :app;
SELECT coop_guard_rows('fund_spending');
SELECT coop_append_only('fund_spending');

-- Whoever recorded it does not take it back: the database itself refuses it.
CREATE TABLE fund_spending_reversal (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, fy integer NOT NULL, no bigint NOT NULL,
  words varchar(200) NOT NULL, journal_fy integer NOT NULL, journal_no bigint NOT NULL,
  recorded_by bigint NOT NULL, reversed_by bigint NOT NULL CHECK (reversed_by <> recorded_by), reversed_role varchar(40) NOT NULL,
  reversed_at timestamptz NOT NULL, PRIMARY KEY (cooperative_id, fy, no),
  FOREIGN KEY (cooperative_id, fy, no, recorded_by) REFERENCES fund_spending (cooperative_id, fy, no, recorded_by) ON DELETE RESTRICT,
  FOREIGN KEY (cooperative_id, journal_fy, journal_no) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON fund_spending_reversal TO :app;
SELECT coop_guard_rows('fund_spending_reversal');
SELECT coop_append_only('fund_spending_reversal');

-- What came of a plan, told to everybody; it ends the plan.
CREATE TABLE fund_outcome (
  plan_id bigint PRIMARY KEY REFERENCES fund_plan ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  people integer NOT NULL CHECK (people >= 0), words_hi varchar(500) NOT NULL, words_en varchar(500) NOT NULL,
  published_on date NOT NULL, recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON fund_outcome TO :app;
SELECT coop_guard_rows('fund_outcome');
SELECT coop_append_only('fund_outcome');

-- What strangers may read of the common funds: plans, sums and outcomes; nobody's name, no payee.
CREATE FUNCTION coop_funds_published()
RETURNS TABLE (code varchar, name_hi varchar, name_en varchar, balance_paise bigint, plan_no text, purpose varchar, title_hi varchar,
  title_en varchar, planned_paise bigint, resolution_no varchar, resolved_on date, spent_paise bigint, people integer,
  words_hi varchar, words_en varchar, published_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.code, c.name_hi, c.name_en, coalesce((SELECT -sum(k.amount_paise) FROM kept_total k
           WHERE k.cooperative_id = c.id AND k.account_code = 3110), 0)::bigint,
         format('%s-%s-P%s', c.code, lpad((p.fy / 100)::text, 2, '0'), lpad(p.no::text, 3, '0')), p.purpose, p.title_hi, p.title_en,
         p.planned_paise, p.resolution_no, p.resolved_on,
         coalesce((SELECT sum(s.amount_paise) FROM fund_spending s WHERE s.plan_id = p.id AND NOT EXISTS (
           SELECT FROM fund_spending_reversal r WHERE (r.cooperative_id, r.fy, r.no) = (s.cooperative_id, s.fy, s.no))), 0)::bigint,
         o.people, o.words_hi, o.words_en, o.published_on
    FROM cooperative c LEFT JOIN fund_plan p ON p.cooperative_id = c.id LEFT JOIN fund_outcome o ON o.plan_id = p.id
   ORDER BY c.code, p.fy DESC, p.no DESC $$;
REVOKE ALL ON FUNCTION coop_funds_published() FROM public;
GRANT EXECUTE ON FUNCTION coop_funds_published() TO :app;

-- When a household is put before the facilitator again; the rule works it out on the day (coop/schemes/rules/life.py).
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('birthday_ahead', 60, 'days', '1900-01-01', 'Own target: so that no month is lost when one benefit ends and another opens', false, now()),
 ('passbook_look', 92, 'days', '1900-01-01', 'Own target: a running benefit is looked at each quarter', false, now()),
 ('school_year_month', 4, 'month', '1900-01-01', 'The class of a pupil is asked again in the month in which the school year begins; not verified', false, now());
