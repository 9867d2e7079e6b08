-- A weighing taken back: by its poster within the time to undo, or asked for by one and decided by
-- another. Entries that are too old wait here for a manager.
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('undo_within', 120, 'seconds', '1900-01-01', 'Own rule: for so long the poster alone takes back what stands in no lot', true, now());

-- cash_back_paise: of a weighing paid in cash, what lies in the box again; 0 where the member keeps it.
-- corrected: the entry to be booked in its place, as text; empty where none is.
CREATE TABLE reversal_request (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  operation_id uuid NOT NULL, content bytea NOT NULL CHECK (octet_length(content) = 32),
  fy integer NOT NULL, weighing_no bigint NOT NULL, reason varchar(20) NOT NULL, words varchar(200) NOT NULL,
  cash_back_paise bigint NOT NULL CHECK (cash_back_paise >= 0), corrected text NOT NULL,
  asked_by bigint NOT NULL, asked_role varchar(40) NOT NULL, asked_at timestamptz NOT NULL,
  UNIQUE (cooperative_id, operation_id), UNIQUE (id, asked_by),
  FOREIGN KEY (cooperative_id, fy, weighing_no) REFERENCES weighing (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX reversal_request_weighing ON reversal_request (cooperative_id, fy, weighing_no);
GRANT SELECT, INSERT ON reversal_request TO :app;
GRANT USAGE ON SEQUENCE reversal_request_id_seq TO :app;
SELECT coop_guard_rows('reversal_request');
SELECT coop_append_only('reversal_request');

-- Whoever asked does not decide: the database itself refuses it.
CREATE TABLE reversal_decision (
  request_id bigint PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  operation_id uuid NOT NULL, outcome varchar(9) NOT NULL CHECK (outcome IN ('confirmed', 'rejected')),
  words varchar(200) NOT NULL, asked_by bigint NOT NULL,
  decided_by bigint NOT NULL CHECK (decided_by <> asked_by), decided_role varchar(40) NOT NULL, decided_at timestamptz NOT NULL,
  FOREIGN KEY (request_id, asked_by) REFERENCES reversal_request (id, asked_by) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON reversal_decision TO :app;
SELECT coop_guard_rows('reversal_decision');
SELECT coop_append_only('reversal_decision');

-- fy and no are those of the reversal's own receipt (kind 3). One weighing is taken back once.
CREATE TABLE weighing_reversal (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, fy integer NOT NULL, no bigint NOT NULL,
  weighing_fy integer NOT NULL, weighing_no bigint NOT NULL, reason varchar(20) NOT NULL,
  request_id bigint UNIQUE REFERENCES reversal_request ON DELETE RESTRICT,
  journal_no bigint NOT NULL, cash_back_paise bigint NOT NULL CHECK (cash_back_paise >= 0),
  replaced_fy integer, replaced_no bigint, user_id bigint, device_id bigint, reversed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, fy, no), UNIQUE (cooperative_id, weighing_fy, weighing_no),
  CHECK ((reason = 'undo') = (request_id IS NULL)), CHECK (user_id IS NOT NULL OR device_id IS NOT NULL),
  CHECK ((replaced_fy IS NULL) = (replaced_no IS NULL)),
  FOREIGN KEY (cooperative_id, weighing_fy, weighing_no) REFERENCES weighing (cooperative_id, fy, no) ON DELETE RESTRICT,
  FOREIGN KEY (cooperative_id, replaced_fy, replaced_no) REFERENCES weighing (cooperative_id, fy, no) ON DELETE RESTRICT,
  FOREIGN KEY (cooperative_id, fy, journal_no) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX weighing_reversal_replaced ON weighing_reversal (cooperative_id, replaced_fy, replaced_no) WHERE replaced_no IS NOT NULL;
GRANT SELECT, INSERT ON weighing_reversal TO :app;
SELECT coop_guard_rows('weighing_reversal');
SELECT coop_append_only('weighing_reversal');

-- What a weighing's receipt must say by now: 1 void, 2 held, 3 replaced; 0 where a request was rejected.
CREATE VIEW weighing_state WITH (security_invoker = true) AS
  SELECT cooperative_id, weighing_fy AS fy, weighing_no AS no, (CASE WHEN replaced_no IS NULL THEN 1 ELSE 3 END)::smallint AS status
    FROM weighing_reversal
  UNION ALL
  SELECT q.cooperative_id, q.fy, q.weighing_no, (CASE WHEN bool_or(d.request_id IS NULL) THEN 2 ELSE 0 END)::smallint
    FROM reversal_request q LEFT JOIN reversal_decision d ON d.request_id = q.id
   WHERE NOT EXISTS (SELECT FROM weighing_reversal v
                      WHERE (v.cooperative_id, v.weighing_fy, v.weighing_no) = (q.cooperative_id, q.fy, q.weighing_no))
   GROUP BY 1, 2, 3;
GRANT SELECT ON weighing_state TO :app;

-- Whether another person than the poster let a weighing in: in place of one taken back, or as an old entry.
CREATE FUNCTION coop_weighing_decided(coop bigint, year integer, number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM weighing_reversal v WHERE v.cooperative_id = coop AND v.replaced_fy = year AND v.replaced_no = number)
      OR EXISTS (SELECT FROM waiting_entry_decision d WHERE d.cooperative_id = coop AND d.weighing_fy = year AND d.weighing_no = number);
END $$;

-- Weighings that are taken back or asked to be: they fill no lot.
CREATE VIEW weighing_taken_back WITH (security_invoker = true) AS
  SELECT cooperative_id, weighing_fy AS fy, weighing_no AS no FROM weighing_reversal
  UNION ALL
  SELECT q.cooperative_id, q.fy, q.weighing_no FROM reversal_request q
   WHERE NOT EXISTS (SELECT FROM reversal_decision d WHERE d.request_id = q.id);
GRANT SELECT ON weighing_taken_back TO :app;

-- An entry that came too late: as it was read, until a manager decides. Its id may come again meanwhile.
CREATE TABLE waiting_entry (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT, entry_id uuid NOT NULL,
  content bytea NOT NULL CHECK (octet_length(content) = 32), kept text NOT NULL,
  clerk_id bigint, device_id bigint REFERENCES device ON DELETE RESTRICT, came_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, entry_id)
);
GRANT SELECT, INSERT ON waiting_entry TO :app;
SELECT coop_guard_rows('waiting_entry');
SELECT coop_append_only('waiting_entry');

CREATE TABLE waiting_entry_decision (
  cooperative_id bigint NOT NULL, entry_id uuid NOT NULL,
  outcome varchar(9) NOT NULL CHECK (outcome IN ('confirmed', 'rejected')),
  decided_by bigint NOT NULL, decided_role varchar(40) NOT NULL, decided_at timestamptz NOT NULL,
  weighing_fy integer, weighing_no bigint,
  PRIMARY KEY (cooperative_id, entry_id), CHECK ((outcome = 'confirmed') = (weighing_no IS NOT NULL AND weighing_fy IS NOT NULL)),
  FOREIGN KEY (cooperative_id, entry_id) REFERENCES waiting_entry ON DELETE RESTRICT,
  FOREIGN KEY (cooperative_id, weighing_fy, weighing_no) REFERENCES weighing (cooperative_id, fy, no) ON DELETE RESTRICT
);
CREATE INDEX waiting_entry_weighing ON waiting_entry_decision (cooperative_id, weighing_fy, weighing_no) WHERE weighing_no IS NOT NULL;
GRANT SELECT, INSERT ON waiting_entry_decision TO :app;
SELECT coop_guard_rows('waiting_entry_decision');
SELECT coop_append_only('waiting_entry_decision');
