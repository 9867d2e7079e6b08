-- Undo of the first migration: everything of ours goes, Piccolo's own table stays.
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> 'migration' LOOP
    EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', found.name);
  END LOOP;
  FOR found IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'coop\_%' LOOP
    EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', found.name);
  END LOOP;
END $$;
