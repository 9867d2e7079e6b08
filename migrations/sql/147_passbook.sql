-- Each print of a member's passbook begins after the journal where the one before it ended.
CREATE TABLE passbook_print (
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT, no integer NOT NULL CHECK (no > 0),
  after_fy integer NOT NULL, after_journal bigint NOT NULL, upto_fy integer NOT NULL, upto_journal bigint NOT NULL,
  balance_paise bigint NOT NULL, operation_id uuid NOT NULL UNIQUE,
  printed_by bigint NOT NULL, printed_role varchar(40) NOT NULL, printed_at timestamptz NOT NULL,
  PRIMARY KEY (cooperative_id, member_id, no),
  CHECK ((upto_fy, upto_journal) > (after_fy, after_journal)),
  FOREIGN KEY (cooperative_id, upto_fy, upto_journal) REFERENCES journal (cooperative_id, fy, no) ON DELETE RESTRICT
);
GRANT SELECT, INSERT ON passbook_print TO :app;
SELECT coop_guard_rows('passbook_print');
SELECT coop_append_only('passbook_print');
