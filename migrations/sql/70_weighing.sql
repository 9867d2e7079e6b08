-- The id a device made for an entry, with what it held: the same again is answered, another is a conflict.
CREATE TABLE desk_entry (
  entry_id uuid PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  content bytea NOT NULL CHECK (octet_length(content) = 32), fy integer NOT NULL, weighing_no bigint NOT NULL
);
GRANT SELECT, INSERT ON desk_entry TO :app;
SELECT coop_guard_rows('desk_entry');
SELECT coop_append_only('desk_entry');

CREATE TABLE weighing (
  id bigserial, cooperative_id bigint NOT NULL, fy integer NOT NULL, no bigint NOT NULL,
  member_id bigint NOT NULL REFERENCES member ON DELETE RESTRICT, site_id bigint NOT NULL REFERENCES site ON DELETE RESTRICT,
  grade_code integer NOT NULL REFERENCES grade ON DELETE RESTRICT,
  price_line_id bigint NOT NULL REFERENCES price_notice_line ON DELETE RESTRICT,
  centre_id bigint REFERENCES collection_centre ON DELETE RESTRICT, device_id bigint REFERENCES device ON DELETE RESTRICT,
  device_seq bigint, clerk_id bigint, paper_no varchar(20) NOT NULL,
  gross_grams bigint NOT NULL, tare_grams bigint NOT NULL, payable_grams bigint NOT NULL,
  moisture_hundredths integer NOT NULL, waste_hundredths integer NOT NULL,
  rate_paise bigint NOT NULL, floor_paise bigint NOT NULL, amount_paise bigint NOT NULL,
  paid_mode varchar(5) NOT NULL CHECK (paid_mode IN ('cash', 'upi', 'bank', 'later')),
  weighed_at timestamptz NOT NULL, weighed_day date NOT NULL, posted_at timestamptz NOT NULL, flags varchar(60) NOT NULL,
  PRIMARY KEY (cooperative_id, fy, no),
  CHECK (gross_grams > tare_grams AND tare_grams >= 0 AND payable_grams > 0),
  CHECK (rate_paise >= floor_paise), CHECK (amount_paise >= 0)
) PARTITION BY LIST (fy);
SELECT coop_years('weighing');
CREATE INDEX weighing_member_day ON weighing (cooperative_id, member_id, weighed_day);
CREATE INDEX weighing_clerk ON weighing (cooperative_id, clerk_id, no DESC);
GRANT SELECT, INSERT ON weighing TO :app;
GRANT USAGE ON SEQUENCE weighing_id_seq TO :app;
SELECT coop_guard_rows('weighing');
SELECT coop_append_only('weighing');

-- The settings a clerk chose for the day at the desk; the last row holds.
CREATE TABLE desk_day (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  clerk_id bigint NOT NULL, day date NOT NULL, site_code varchar(20) NOT NULL, tare_grams bigint NOT NULL,
  moisture_hundredths integer NOT NULL, waste_hundredths integer NOT NULL, paid_mode varchar(5) NOT NULL,
  chosen_at timestamptz NOT NULL
);
CREATE INDEX desk_day_clerk ON desk_day (clerk_id, day, id);
GRANT SELECT, INSERT ON desk_day TO :app;
GRANT USAGE ON SEQUENCE desk_day_id_seq TO :app;
SELECT coop_guard_rows('desk_day');
SELECT coop_append_only('desk_day');

-- Who holds this device token: one question before anything is known, so it asks past the row guard,
-- and lets the transaction reach that one cooperative.
CREATE FUNCTION coop_open_as_device(token bytea, on_day date)
RETURNS TABLE (device_id bigint, cooperative_id bigint, cooperative_code varchar, centre_id bigint, clerk_id bigint, device_code varchar, centre_code varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT d.id, d.cooperative_id, c.code, d.centre_id,
           (SELECT y.clerk_id FROM device_duty y WHERE y.device_id = d.id AND y.day = on_day ORDER BY y.id DESC LIMIT 1),
           d.code, k.code
      FROM device d JOIN cooperative c ON c.id = d.cooperative_id JOIN collection_centre k ON k.id = d.centre_id
     WHERE d.token_sha256 = token
       AND NOT EXISTS (SELECT FROM device_revocation r WHERE r.device_id = d.id);
  PERFORM set_config('coop.cooperatives', d.cooperative_id::text, true),
          set_config('coop.actor', 'device:' || d.id, true)
    FROM device d WHERE d.token_sha256 = token AND NOT EXISTS (SELECT FROM device_revocation r WHERE r.device_id = d.id);
END $$;
REVOKE ALL ON FUNCTION coop_open_as_device(bytea, date) FROM public;
GRANT EXECUTE ON FUNCTION coop_open_as_device(bytea, date) TO :app;

-- Ids that stand in a cooperative out of reach: the answer is a conflict and nothing else is told.
CREATE FUNCTION coop_entries_elsewhere(wanted uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT coalesce(array_agg(entry_id), '{}') FROM desk_entry
   WHERE entry_id = ANY (wanted) AND NOT (coop_reach_all() OR cooperative_id = ANY (coop_reach())) $$;
REVOKE ALL ON FUNCTION coop_entries_elsewhere(uuid[]) FROM public;
GRANT EXECUTE ON FUNCTION coop_entries_elsewhere(uuid[]) TO :app;
