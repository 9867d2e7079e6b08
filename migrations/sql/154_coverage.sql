-- The band that crosses the wall is worked out once, when its quarter is over, and kept: asked anew a year later, after a
-- household came or withdrew, it would tell of that household. NULL: too few households; that stays too.
CREATE TABLE coverage_quarter (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  quarter_from date NOT NULL CHECK (extract(day FROM quarter_from) = 1 AND extract(month FROM quarter_from) IN (1, 4, 7, 10)),
  band integer CHECK (band BETWEEN 0 AND 3), recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (cooperative_id, quarter_from)
);
GRANT SELECT, INSERT ON coverage_quarter TO :school;
GRANT USAGE ON SEQUENCE coverage_quarter_id_seq TO :school;
SELECT coop_guard_rows('coverage_quarter');
SELECT coop_append_only('coverage_quarter');

-- Whoever packs a buyer's papers asks for what was kept; the application works no band out any more.
CREATE FUNCTION coop_coverage_kept(own bigint, first_day date) RETURNS TABLE (band integer, kept_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT q.band, (q.recorded_at AT TIME ZONE 'Asia/Kolkata')::date FROM coverage_quarter q
  WHERE q.cooperative_id = own AND q.quarter_from = first_day $$;
REVOKE ALL ON FUNCTION coop_coverage_kept(bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coop_coverage_kept(bigint, date) TO :app;
GRANT EXECUTE ON FUNCTION coop_children_checked(bigint, date) TO :school;
DO $$ BEGIN EXECUTE format('REVOKE ALL ON FUNCTION coop_children_checked(bigint, date) FROM %I', current_database() || '_app'); END $$;
