-- One chain of hashes for each cooperative (its code) and one for the agency ('AGENCY').
CREATE TABLE audit_head (
  chain varchar(10) PRIMARY KEY,
  cooperative_id bigint UNIQUE REFERENCES cooperative ON DELETE RESTRICT,
  last_seq bigint NOT NULL, last_hash bytea NOT NULL CHECK (octet_length(last_hash) = 32)
);
GRANT SELECT, INSERT, UPDATE ON audit_head TO :app;
ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
-- The agency's chain is everybody's to lengthen: a sign-in or a sealing of reads has no cooperative.
CREATE POLICY within_reach ON audit_head USING (
  cooperative_id IS NULL OR (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
INSERT INTO audit_head VALUES ('AGENCY', NULL, 0, decode(repeat('00', 32), 'hex'));

CREATE TABLE audit_entry (
  id bigserial, fy integer NOT NULL, cooperative_id bigint,
  chain varchar(10) NOT NULL, seq bigint NOT NULL, at timestamptz NOT NULL,
  actor varchar(80) NOT NULL, tag varchar(60) NOT NULL,
  about_table varchar(40) NOT NULL, about_row varchar(80) NOT NULL,
  facts text NOT NULL, previous bytea NOT NULL, hash bytea NOT NULL,
  PRIMARY KEY (chain, fy, seq)
) PARTITION BY LIST (fy);
SELECT coop_years('audit_entry');
GRANT SELECT, INSERT ON audit_entry TO :app;
GRANT USAGE ON SEQUENCE audit_entry_id_seq TO :app;
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_within_reach ON audit_entry FOR SELECT USING (
  (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
CREATE POLICY write_within_reach ON audit_entry FOR INSERT WITH CHECK (
  cooperative_id IS NULL OR (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
SELECT coop_append_only('audit_entry');

-- Reads of personal data: one row a page; sealed into the chain by hash every minute.
CREATE TABLE audit_read (
  id bigserial PRIMARY KEY, cooperative_id bigint, at timestamptz NOT NULL,
  actor varchar(80) NOT NULL, question varchar(60) NOT NULL, about varchar(80) NOT NULL,
  row_count integer NOT NULL
);
GRANT SELECT, INSERT ON audit_read TO :app;
GRANT USAGE ON SEQUENCE audit_read_id_seq TO :app;
ALTER TABLE audit_read ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_within_reach ON audit_read FOR SELECT USING (
  (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
CREATE POLICY write_within_reach ON audit_read FOR INSERT WITH CHECK (
  cooperative_id IS NULL OR (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]));
SELECT coop_append_only('audit_read');
