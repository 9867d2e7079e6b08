-- What is said into the box belongs to a role of its own, <database>_voice, taken for a transaction: schooling's role, as
-- which facilitators' pages work, reads none of it any more, and this one reads nothing of a child.
GRANT SELECT ON cooperative, bylaw TO :voice;
GRANT SELECT, UPDATE ON audit_head TO :voice;
GRANT SELECT, INSERT ON audit_entry, audit_read TO :voice;
GRANT USAGE ON SEQUENCE audit_entry_id_seq, audit_read_id_seq TO :voice;
GRANT EXECUTE ON FUNCTION coop_assignments_of(bigint, timestamptz) TO :voice;
DO $$
DECLARE school text := current_database() || '_school'; voice text := current_database() || '_voice'; one record;
BEGIN
  FOR one IN SELECT c.oid::regclass AS thing, c.relkind, string_agg(a.privilege_type, ', ') AS rights FROM pg_class c
      CROSS JOIN LATERAL aclexplode(c.relacl) a
      WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'voice%' AND a.grantee = school::regrole
      GROUP BY c.oid, c.relkind LOOP
    EXECUTE format('GRANT %s ON %s %s TO %I', one.rights, CASE one.relkind WHEN 'S' THEN 'SEQUENCE' ELSE '' END, one.thing, voice);
    EXECUTE format('REVOKE ALL ON %s %s FROM %I', CASE one.relkind WHEN 'S' THEN 'SEQUENCE' ELSE '' END, one.thing, school);
  END LOOP;
END $$;
