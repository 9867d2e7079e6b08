-- Buyers: papers, decisions and suspensions as rows, what is asked for, owners, accounts, receipts, claims.

-- One act on a buyer. Every row of an act hangs on it, and its audit entry carries the digest of all of them.
CREATE TABLE buyer_act (
  id bigserial PRIMARY KEY, buyer_code varchar(12) NOT NULL, tag varchar(40) NOT NULL,
  -- The form's id with what it held: the same again is answered, another is a conflict.
  operation_id uuid UNIQUE, content bytea CHECK (octet_length(content) = 32),
  acted_at timestamptz NOT NULL, acted_by varchar(80) NOT NULL,
  CHECK ((operation_id IS NULL) = (content IS NULL))
);
CREATE INDEX buyer_act_code ON buyer_act (buyer_code, id);
GRANT SELECT, INSERT ON buyer_act TO :app;
GRANT USAGE ON SEQUENCE buyer_act_id_seq TO :app;
SELECT coop_append_only('buyer_act');

-- A buyer's number for good is the row id of its first version; tables below and the ledger hold that one.
-- A version holds name, place and the accepted GSTIN and PAN; listed: what a list said, to compare the next with.
ALTER TABLE buyer ADD COLUMN act_id bigint REFERENCES buyer_act ON DELETE RESTRICT, ADD COLUMN listed text;
CREATE INDEX buyer_of_act ON buyer (act_id);

-- A paper of the dossier. No bank account number stands here: only that the names were compared.
CREATE TABLE dossier_item (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT,
  kind varchar(24) NOT NULL, number varchar(40) NOT NULL, issued_on date, expires_on date,
  document varchar(80) NOT NULL
);
CREATE INDEX dossier_item_buyer ON dossier_item (buyer_id);
CREATE INDEX dossier_item_act ON dossier_item (act_id);
GRANT SELECT, INSERT ON dossier_item TO :app;
GRANT USAGE ON SEQUENCE dossier_item_id_seq TO :app;
SELECT coop_append_only('dossier_item');

-- Who looked at a paper, how, and what came of it; the last row of a paper holds.
CREATE TABLE dossier_check (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  item_id bigint NOT NULL REFERENCES dossier_item ON DELETE RESTRICT,
  outcome varchar(12) NOT NULL CHECK (outcome IN ('taken_over', 'accepted', 'rejected')),
  method varchar(16) NOT NULL, note varchar(200) NOT NULL,
  checked_on date NOT NULL, checked_by varchar(80) NOT NULL
);
CREATE INDEX dossier_check_item ON dossier_check (item_id, id DESC);
CREATE INDEX dossier_check_act ON dossier_check (act_id);
GRANT SELECT, INSERT ON dossier_check TO :app;
GRANT USAGE ON SEQUENCE dossier_check_id_seq TO :app;
SELECT coop_append_only('dossier_check');

-- A paper that was entered by mistake counts no more; it stays to be seen.
CREATE TABLE dossier_withdrawal (
  item_id bigint PRIMARY KEY REFERENCES dossier_item ON DELETE RESTRICT,
  act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT, reason varchar(200) NOT NULL
);
CREATE INDEX dossier_withdrawal_act ON dossier_withdrawal (act_id);
GRANT SELECT, INSERT ON dossier_withdrawal TO :app;
SELECT coop_append_only('dossier_withdrawal');

-- The state of the application from a day on; the last row that began holds.
CREATE TABLE buyer_decision (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT,
  state varchar(12) NOT NULL
    CHECK (state IN ('draft', 'submitted', 'returned', 'listed', 'verified', 'refused', 'blacklisted')),
  holds_from date NOT NULL, reason varchar(200) NOT NULL, document varchar(80) NOT NULL
);
CREATE INDEX buyer_decision_buyer ON buyer_decision (buyer_id);
CREATE INDEX buyer_decision_act ON buyer_decision (act_id);
GRANT SELECT, INSERT ON buyer_decision TO :app;
GRANT USAGE ON SEQUENCE buyer_decision_id_seq TO :app;
SELECT coop_append_only('buyer_decision');

-- Both days are included; without a last day it runs until an end is written. The last end row holds.
CREATE TABLE buyer_suspension (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT,
  first_day date NOT NULL, last_day date, reason varchar(200) NOT NULL
);
CREATE INDEX buyer_suspension_buyer ON buyer_suspension (buyer_id);
CREATE INDEX buyer_suspension_act ON buyer_suspension (act_id);
GRANT SELECT, INSERT ON buyer_suspension TO :app;
GRANT USAGE ON SEQUENCE buyer_suspension_id_seq TO :app;
SELECT coop_append_only('buyer_suspension');

CREATE TABLE buyer_suspension_end (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  suspension_id bigint NOT NULL REFERENCES buyer_suspension ON DELETE RESTRICT,
  last_day date, reason varchar(200) NOT NULL
);
CREATE INDEX buyer_suspension_end_of ON buyer_suspension_end (suspension_id, id DESC);
CREATE INDEX buyer_suspension_end_act ON buyer_suspension_end (act_id);
GRANT SELECT, INSERT ON buyer_suspension_end TO :app;
GRANT USAGE ON SEQUENCE buyer_suspension_end_id_seq TO :app;
SELECT coop_append_only('buyer_suspension_end');

-- What is asked for, from a day on, with its source. Kind '' of buyer: every kind; a kind's own row goes before.
CREATE TABLE dossier_demand (
  id bigserial PRIMARY KEY, act_id bigint REFERENCES buyer_act ON DELETE RESTRICT,
  kind varchar(24) NOT NULL, buyer_kind varchar(12) NOT NULL, mandatory boolean NOT NULL,
  holds_days integer CHECK (holds_days BETWEEN 1 AND 36500), holds_from date NOT NULL,
  source varchar(300) NOT NULL CHECK (source <> ''), verified boolean NOT NULL
);
CREATE INDEX dossier_demand_act ON dossier_demand (act_id);
GRANT SELECT, INSERT ON dossier_demand TO :app;
GRANT USAGE ON SEQUENCE dossier_demand_id_seq TO :app;
SELECT coop_append_only('dossier_demand');
INSERT INTO dossier_demand (kind, buyer_kind, mandatory, holds_days, holds_from, source, verified)
SELECT kind, '', mandatory, NULL, '1900-01-01', source, verified FROM (VALUES
 ('gstin', true, 'Own rule, to be confirmed by the agency: an invoice names the buyer by it', false),
 ('pan', true, 'Own rule, to be confirmed by the agency: it must be the one in the GSTIN', false),
 ('licence', true, 'Jharkhand Minerals (Prevention of Illegal Mining, Transportation and Storage) Rules 2017: who buys, stores, sells or processes minerals for gain is a dealer', true),
 ('undertaking', true, 'Own rule, to be confirmed by the agency: floor price, no child labour, a way to complain', false),
 ('factory_licence', false, 'Own list: the agency decides whether it asks a processor for it', false),
 ('pollution_consent', false, 'Own list: the agency decides whether it asks a processor for it', false),
 ('iec', false, 'Own list: the agency decides whether it asks an exporter for it', false),
 ('rcmc', false, 'Own list: the agency decides whether it asks an exporter for it', false),
 ('bank_name', false, 'Own list: the agency decides whether it asks for it', false),
 ('workplace_audit', false, 'Own list: an audit by the Global Workplace Standard for Mica Processors is a merit, not a duty', false),
 ('owners', false, 'Own list: the agency decides whether it asks for it', false),
 ('allotment', false, 'Own list: the agency decides whether it asks for it', false)
) AS shipped (kind, mandatory, source, verified);
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('buyer_warning', 30, 'days', '1900-01-01', 'Own rule: warn this long before a buyer''s paper runs out', false, now());

-- Beneficial owners and related parties, erasable: the act holds a salted digest, never the name.
CREATE TABLE buyer_owner (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT,
  part varchar(12) NOT NULL CHECK (part IN ('owner', 'partner', 'director', 'signatory', 'related')),
  name varchar(120) NOT NULL, salt bytea NOT NULL CHECK (octet_length(salt) = 16),
  name_sha256 bytea NOT NULL CHECK (octet_length(name_sha256) = 32)
);
CREATE INDEX buyer_owner_buyer ON buyer_owner (buyer_id);
CREATE INDEX buyer_owner_act ON buyer_owner (act_id);
GRANT SELECT, INSERT ON buyer_owner TO :app;
GRANT USAGE ON SEQUENCE buyer_owner_id_seq TO :app;

-- An owner whose name is like a member's: a flag to be looked at. Score of a hundred.
CREATE TABLE buyer_conflict (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  owner_id bigint NOT NULL REFERENCES buyer_owner ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT,
  score smallint NOT NULL CHECK (score BETWEEN 1 AND 100), reasons varchar(60) NOT NULL,
  UNIQUE (owner_id, member_id)
);
CREATE INDEX buyer_conflict_act ON buyer_conflict (act_id);
GRANT SELECT, INSERT ON buyer_conflict TO :app;
GRANT USAGE ON SEQUENCE buyer_conflict_id_seq TO :app;
SELECT coop_guard_rows('buyer_conflict');
SELECT coop_append_only('buyer_conflict');

CREATE TABLE buyer_conflict_decision (
  id bigserial PRIMARY KEY, act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  conflict_id bigint NOT NULL REFERENCES buyer_conflict ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  outcome varchar(8) NOT NULL CHECK (outcome IN ('conflict', 'none')),
  reason varchar(200) NOT NULL, recusal varchar(200) NOT NULL,
  CHECK (outcome = 'none' OR recusal <> '')
);
CREATE INDEX buyer_conflict_decision_of ON buyer_conflict_decision (conflict_id, id DESC);
CREATE INDEX buyer_conflict_decision_act ON buyer_conflict_decision (act_id);
GRANT SELECT, INSERT ON buyer_conflict_decision TO :app;
GRANT USAGE ON SEQUENCE buyer_conflict_decision_id_seq TO :app;
SELECT coop_guard_rows('buyer_conflict_decision');
SELECT coop_append_only('buyer_conflict_decision');

-- Who signs in for a buyer: a person acts for one buyer and no other.
CREATE TABLE buyer_person (
  user_id bigint PRIMARY KEY REFERENCES user_account ON DELETE RESTRICT,
  act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT
);
CREATE INDEX buyer_person_buyer ON buyer_person (buyer_id);
CREATE INDEX buyer_person_act ON buyer_person (act_id);
GRANT SELECT, INSERT ON buyer_person TO :app;
SELECT coop_append_only('buyer_person');

-- Whose a sale's receipt is. Written by the sale; a cooperative writes its own rows only.
CREATE TABLE buyer_receipt (
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fy integer NOT NULL, kind smallint NOT NULL CHECK (kind IN (2, 3)), no bigint NOT NULL,
  cti bytea NOT NULL REFERENCES receipt (cti) ON DELETE RESTRICT,
  PRIMARY KEY (cooperative_id, fy, kind, no),
  FOREIGN KEY (cooperative_id, fy, kind, no) REFERENCES receipt (cooperative_id, fy, kind, no) ON DELETE RESTRICT
);
CREATE INDEX buyer_receipt_buyer ON buyer_receipt (buyer_id);
CREATE INDEX buyer_receipt_cti ON buyer_receipt (cti);
GRANT SELECT, INSERT ON buyer_receipt TO :app;
SELECT coop_guard_rows('buyer_receipt');
SELECT coop_append_only('buyer_receipt');

-- A sale's receipt is claimed once. Everybody may see when, nobody by whom.
CREATE TABLE receipt_claim (
  cti bytea PRIMARY KEY REFERENCES receipt (cti) ON DELETE RESTRICT,
  act_id bigint NOT NULL REFERENCES buyer_act ON DELETE RESTRICT,
  buyer_id bigint NOT NULL REFERENCES buyer ON DELETE RESTRICT, claimed_at timestamptz NOT NULL
);
CREATE INDEX receipt_claim_act ON receipt_claim (act_id);
GRANT SELECT, INSERT ON receipt_claim TO :app;
SELECT coop_append_only('receipt_claim');

-- A buyer reaches no cooperative's rows: this shows who acts for a buyer (and the agency) that buyer's receipts.
CREATE FUNCTION coop_receipts_of_buyer(buyer bigint)
RETURNS TABLE (cooperative_code varchar, name_hi varchar, name_en varchar, fy integer, kind smallint, no bigint,
               cti bytea, sidx bigint, issued_at timestamptz, signed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.code, c.name_hi, c.name_en, r.fy, r.kind, r.no, r.cti, r.sidx, r.issued_at, r.signed
    FROM buyer_receipt b JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (b.cooperative_id, b.fy, b.kind, b.no)
    JOIN cooperative c ON c.id = b.cooperative_id
   WHERE b.buyer_id = buyer
     AND (coop_reach_all() OR EXISTS (SELECT FROM buyer_person p
           WHERE p.buyer_id = buyer AND 'user:' || p.user_id = current_setting('coop.actor', true)))
$$;
-- Of a receipt in any cooperative only whether it is a sale's.
CREATE FUNCTION coop_is_sale_receipt(wanted bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM receipt r WHERE r.cti = wanted AND r.kind = 2) $$;
CREATE FUNCTION coop_first_claims(wanted bytea[]) RETURNS TABLE (cti bytea, claimed_at timestamptz)
LANGUAGE sql STABLE AS $$ SELECT c.cti, c.claimed_at FROM receipt_claim c WHERE c.cti = ANY (wanted) $$;
REVOKE ALL ON FUNCTION coop_receipts_of_buyer(bigint), coop_is_sale_receipt(bytea) FROM public;
GRANT EXECUTE ON FUNCTION coop_receipts_of_buyer(bigint), coop_is_sale_receipt(bytea) TO :app;

-- The rows of an act as text, as its audit entry is chained with them. Times in UTC, whatever the session's zone.
CREATE VIEW buyer_act_row WITH (security_invoker = true) AS
  SELECT id AS act_id, 'act' AS part, id AS n, jsonb_build_array(buyer_code, tag, operation_id, encode(content, 'hex'),
         acted_at AT TIME ZONE 'UTC', acted_by)::text AS body FROM buyer_act UNION ALL
  SELECT act_id, 'buyer', id, jsonb_build_array(buyer_code, version, name, kind, town, district_lgd, state_lgd, gstin, pan,
         dealer_licence_no, licence_from, licence_to, suspended_from, suspended_to, suspension_reason,
         undertaking_signed_on, listed)::text FROM buyer UNION ALL
  SELECT act_id, 'item', id, jsonb_build_array(buyer_id, kind, number, issued_on, expires_on, document)::text FROM dossier_item UNION ALL
  SELECT act_id, 'check', id, jsonb_build_array(item_id, outcome, method, note, checked_on, checked_by)::text FROM dossier_check UNION ALL
  SELECT act_id, 'withdrawal', item_id, jsonb_build_array(reason)::text FROM dossier_withdrawal UNION ALL
  SELECT act_id, 'decision', id, jsonb_build_array(buyer_id, state, holds_from, reason, document)::text FROM buyer_decision UNION ALL
  SELECT act_id, 'suspension', id, jsonb_build_array(buyer_id, first_day, last_day, reason)::text FROM buyer_suspension UNION ALL
  SELECT act_id, 'end', id, jsonb_build_array(suspension_id, last_day, reason)::text FROM buyer_suspension_end UNION ALL
  SELECT act_id, 'demand', id, jsonb_build_array(kind, buyer_kind, mandatory, holds_days, holds_from, source, verified)::text FROM dossier_demand UNION ALL
  SELECT act_id, 'owner', id, jsonb_build_array(buyer_id, part, encode(name_sha256, 'hex'))::text FROM buyer_owner UNION ALL
  SELECT act_id, 'conflict', id, jsonb_build_array(owner_id, cooperative_id, member_id, score, reasons)::text FROM buyer_conflict UNION ALL
  SELECT act_id, 'ruling', id, jsonb_build_array(conflict_id, cooperative_id, outcome, reason, recusal)::text FROM buyer_conflict_decision UNION ALL
  SELECT act_id, 'person', user_id, jsonb_build_array(buyer_id)::text FROM buyer_person UNION ALL
  SELECT act_id, 'claim', 0, jsonb_build_array(encode(cti, 'hex'), buyer_id, claimed_at AT TIME ZONE 'UTC')::text FROM receipt_claim;
GRANT SELECT ON buyer_act_row TO :app;

-- Buyers recorded before their papers were rows: what their last version says becomes rows.
INSERT INTO buyer_act (buyer_code, tag, acted_at, acted_by)
  SELECT DISTINCT buyer_code, 'buyer:carried_over', now(), 'system' FROM buyer;
CREATE TEMPORARY VIEW carried AS
  SELECT f.id AS first_id, a.id AS act, v.* FROM buyer_act a JOIN buyer f ON f.buyer_code = a.buyer_code AND f.version = 1
  JOIN LATERAL (SELECT * FROM buyer x WHERE x.buyer_code = f.buyer_code ORDER BY version DESC LIMIT 1) v ON true;
INSERT INTO buyer_decision (act_id, buyer_id, state, holds_from, reason, document)
  SELECT act, first_id, 'listed', '1900-01-01', '', '' FROM carried;
INSERT INTO dossier_item (act_id, buyer_id, kind, number, issued_on, expires_on, document)
  SELECT act, first_id, 'gstin', gstin, NULL::date, NULL::date, '' FROM carried WHERE gstin <> '' UNION ALL
  SELECT act, first_id, 'pan', pan, NULL, NULL, '' FROM carried WHERE pan <> '' UNION ALL
  SELECT act, first_id, 'licence', dealer_licence_no, licence_from, licence_to, '' FROM carried
   WHERE dealer_licence_no <> '' OR licence_to IS NOT NULL UNION ALL
  SELECT act, first_id, 'undertaking', '', undertaking_signed_on, NULL, '' FROM carried WHERE undertaking_signed_on IS NOT NULL;
INSERT INTO dossier_check (act_id, item_id, outcome, method, note, checked_on, checked_by)
  SELECT act_id, id, 'taken_over', 'list', '', current_date, 'system' FROM dossier_item;
INSERT INTO buyer_suspension (act_id, buyer_id, first_day, last_day, reason)
  SELECT act, first_id, suspended_from, suspended_to, suspension_reason FROM carried WHERE suspended_from IS NOT NULL;
DROP VIEW carried;
