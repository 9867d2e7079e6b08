-- Extensions and the functions that every table's guard is made of.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The cooperatives that this transaction reaches; '*' is the agency's reach, nothing is none.
CREATE FUNCTION coop_reach_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('coop.cooperatives', true), '') = '*' $$;

CREATE FUNCTION coop_reach() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN coalesce(current_setting('coop.cooperatives', true), '') IN ('', '*')
          THEN '{}'::bigint[]
          ELSE string_to_array(current_setting('coop.cooperatives', true), ',')::bigint[] END $$;

-- Row-level security for a table with cooperative_id. NULL is a row of the agency.
CREATE FUNCTION coop_guard_rows(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
  EXECUTE format(
    'CREATE POLICY within_reach ON %s USING '
    '((SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]))', guarded);
END $$;

CREATE FUNCTION coop_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Nothing posted is updated, deleted or emptied: not by the application, not by the owner by accident.
CREATE FUNCTION coop_append_only(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s '
                 'FOR EACH ROW EXECUTE FUNCTION coop_refuse_change()', guarded);
  EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %s '
                 'FOR EACH STATEMENT EXECUTE FUNCTION coop_refuse_change()', guarded);
END $$;

-- Tables that grow with trade are split by financial year; the rest catches a year not prepared.
CREATE FUNCTION coop_years(parent text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE a integer;
BEGIN
  FOR a IN 24..35 LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (%s)',
                   parent || '_' || (100 * a + a + 1), parent, 100 * a + a + 1);
  END LOOP;
  EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', parent || '_other', parent);
END $$;
