-- What members are found by, what the chain holds of their values, and how those are erased.

-- The row guard would keep LIKE from the index, so the function asks for the reach itself.
CREATE FUNCTION coop_find_members(one text, two text, three text, after_key text, after_id bigint, most integer)
RETURNS TABLE (member_id bigint, sort_key varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.member_id, k.sort_key FROM member_key k
   WHERE (coop_reach_all() OR k.cooperative_id = ANY (coop_reach()))
     AND k.words LIKE one AND k.words LIKE two AND k.words LIKE three AND (k.sort_key, k.member_id) > (after_key, after_id)
   ORDER BY k.sort_key, k.member_id LIMIT most
$$;
REVOKE ALL ON FUNCTION coop_find_members(text, text, text, text, bigint, integer) FROM public;
GRANT EXECUTE ON FUNCTION coop_find_members(text, text, text, text, bigint, integer) TO :app;

-- Members of other cooperatives who are likely the one asked for. Points as in coop/members/rules/evidence.py,
-- without its slips of a finger. The application may not call it: what it returns is for the two below.
CREATE FUNCTION coop_elsewhere(one jsonb, own bigint)
RETURNS TABLE (member_id bigint, cooperative_id bigint, score_thousandths integer, reasons text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH asked AS (
    SELECT ARRAY(SELECT jsonb_array_elements_text(one -> 'blocks')) AS a_blocks, ARRAY(SELECT jsonb_array_elements_text(one -> 'given')) AS a_given,
           ARRAY(SELECT jsonb_array_elements_text(one -> 'bones')) AS a_bones, ARRAY(SELECT jsonb_array_elements_text(one -> 'relative')) AS a_relative,
           (one ->> 'dob')::date AS a_dob, one ->> 'dob_precision' AS a_precision, one ->> 'surname' AS a_surname, one ->> 'relation' AS a_relation,
           one ->> 'place' AS a_place, one ->> 'mobile' AS a_mobile, one ->> 'bank_account' AS a_account, one ->> 'id_kind' AS a_kind, one ->> 'id_no' AS a_no
  ), near AS (
    SELECT k.*, a.*, v.dob, v.relation, v.mobile, v.bank_account, v.id_kind, v.id_no,
           v.dob_precision IN ('year', 'estimated') OR to_char(v.dob, 'MMDD') = '0101' OR a_precision IN ('year', 'estimated')
             OR to_char(a_dob, 'MMDD') = '0101' AS loose, abs(extract(year FROM v.dob) - extract(year FROM a_dob)) AS years
    FROM asked a JOIN member_key k ON k.blocks && a_blocks AND k.cooperative_id <> own JOIN member m ON m.id = k.member_id
    JOIN LATERAL (SELECT x.* FROM person_version x WHERE x.person_id = m.person_id ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
    WHERE (k.given && a_given OR k.bones && a_bones) AND (v.sex = one ->> 'sex' OR v.sex = '' OR one ->> 'sex' = '')
      AND NOT EXISTS (SELECT FROM member_ended e WHERE e.member_id = m.id)
  ), said AS (
    SELECT n.member_id, n.cooperative_id, p.code, p.points FROM near n CROSS JOIN LATERAL (VALUES
      ('name', CASE WHEN given && a_given THEN 4.0 ELSE 3.6 END),
      ('same_surname', CASE WHEN '' IN (surname, a_surname) THEN 0 WHEN surname = a_surname THEN 0.2 ELSE -1.5 END),
      ('birth', CASE WHEN dob IS NULL OR a_dob IS NULL THEN -1.5 WHEN loose THEN CASE years WHEN 0 THEN 2.2 WHEN 1 THEN 1.0 ELSE -5 END
         WHEN dob = a_dob THEN 6.0 WHEN years = 0 AND to_char(dob, 'MMDD') = to_char(a_dob, 'DDMM') THEN 4.5 ELSE -5 END),
      ('relation', CASE WHEN cardinality(relative) = 0 OR cardinality(a_relative) = 0 THEN 0
         WHEN relative && a_relative THEN CASE WHEN relation = a_relation THEN 3.5 ELSE 0.5 END WHEN relation = a_relation THEN -4.0 ELSE -0.5 END),
      ('same_village', CASE WHEN '' IN (place, a_place) THEN 0 WHEN place = a_place THEN 2.0 ELSE -2.0 END),
      ('same_mobile', CASE WHEN '' IN (mobile, a_mobile) THEN 0 WHEN mobile = a_mobile THEN 2.0 ELSE -0.7 END),
      ('same_account', CASE WHEN '' IN (bank_account, a_account) THEN 0 WHEN bank_account = a_account THEN 5.0 ELSE -0.5 END),
      ('same_paper', CASE WHEN '' IN (id_no, a_no) OR id_kind <> a_kind THEN 0
         WHEN id_kind IN ('ration', 'job_card', 'gp_certificate') THEN CASE WHEN id_no = a_no THEN 1.5 ELSE -1.0 END
         WHEN id_no = a_no THEN CASE id_kind WHEN 'aadhaar_seen' THEN 3.5 ELSE 7.0 END ELSE -4.0 END)) AS p (code, points)
  )
  SELECT s.member_id, s.cooperative_id, round(1000 / (1 + exp((9 - sum(s.points)) / 1.5)))::integer,
         string_agg(s.code, '|' ORDER BY s.points DESC) FILTER (WHERE s.points >= 0.3)
  FROM said s GROUP BY 1, 2 HAVING sum(s.points) >= 9
$$;
REVOKE ALL ON FUNCTION coop_elsewhere(jsonb, bigint) FROM public;

-- All that a cooperative is told of others: the code, the score, the reasons. Never a name, never a number.
CREATE FUNCTION coop_likely_elsewhere(one jsonb, own bigint) RETURNS TABLE (cooperative varchar, score_thousandths integer, reasons text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.code, e.score_thousandths, e.reasons FROM coop_elsewhere(one, own) e JOIN cooperative c ON c.id = e.cooperative_id
   WHERE coop_reach_all() OR own = ANY (coop_reach()) ORDER BY 2 DESC, 1 LIMIT 5
$$;
REVOKE ALL ON FUNCTION coop_likely_elsewhere(jsonb, bigint) FROM public;
GRANT EXECUTE ON FUNCTION coop_likely_elsewhere(jsonb, bigint) TO :app;

-- Puts what was found of a member of one's own before the agency; the asker learns how many, and no more.
CREATE FUNCTION coop_note_elsewhere(noted bigint, one jsonb, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE own bigint; made integer;
BEGIN
  SELECT m.cooperative_id INTO own FROM member m WHERE m.id = noted AND (coop_reach_all() OR m.cooperative_id = ANY (coop_reach()));
  INSERT INTO duplicate_pair (cooperative_id, member_a, member_b, score_thousandths, reasons, found_at)
    SELECT NULL, least(e.member_id, noted), greatest(e.member_id, noted), e.score_thousandths, e.reasons, at FROM coop_elsewhere(one, own) e
    ON CONFLICT (member_a, member_b) DO NOTHING;
  GET DIAGNOSTICS made = ROW_COUNT;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION coop_note_elsewhere(bigint, jsonb, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION coop_note_elsewhere(bigint, jsonb, timestamptz) TO :app;

-- What the chain holds of a personal value: its hash with the version's salt. Without the salt it tells nothing.
CREATE FUNCTION coop_hashed(salt bytea, field text, value text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT field || '=' || rtrim(encode(sha256(salt || convert_to(field || '=' || coalesce(value, ''), 'UTF8')), 'base64'), '=') $$;
CREATE FUNCTION coop_person_fields(v person_version) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(coop_hashed(v.salt, f.name, f.value), ' ' ORDER BY f.name) FROM (VALUES
    ('name_latin', v.name_latin), ('name_hi', v.name_hi), ('relation', v.relation), ('relation_name_latin', v.relation_name_latin),
    ('relation_name_hi', v.relation_name_hi), ('sex', v.sex), ('dob', to_char(v.dob, 'YYYY-MM-DD')), ('dob_precision', v.dob_precision),
    ('village', v.village), ('tola', v.tola), ('block', v.block), ('district_lgd', v.district_lgd::text), ('state_lgd', v.state_lgd::text),
    ('mobile', v.mobile), ('id_kind', v.id_kind), ('id_no', v.id_no), ('bank_account', v.bank_account), ('ifsc', v.ifsc),
    ('row', concat_ws('/', v.person_id, v.version, v.told_by, v.why, to_char(v.holds_from, 'YYYY-MM-DD')))) AS f (name, value) $$;
CREATE FUNCTION coop_household_fields(v household_version) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(coop_hashed(CASE f.name WHEN 'head_name' THEN v.head_salt ELSE v.salt END, f.name, f.value), ' ' ORDER BY f.name) FROM (VALUES
    ('head_person_no', v.head_person_no), ('head_name', v.head_name), ('village', v.village), ('tola', v.tola), ('block', v.block),
    ('district_lgd', v.district_lgd::text), ('state_lgd', v.state_lgd::text), ('ration_card_no', v.ration_card_no), ('ration_type', v.ration_type),
    ('caste', v.caste), ('pvtg', v.pvtg::text), ('minority', v.minority::text), ('house', v.house),
    ('land', v.land_hundredths_acre::text), ('migrant', v.migrant), ('row', concat_ws('/', v.household_id, v.version))) AS f (name, value) $$;
CREATE FUNCTION coop_nominee_fields(whose bigint, of_version integer) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(coop_hashed(n.salt, 'nominee', concat_ws('/', n.name, n.relation, n.share_tenths)), ' ' ORDER BY n.id), '')
  FROM nominee n WHERE n.member_id = whose AND n.version = of_version $$;
CREATE FUNCTION coop_member_sha256(m member) RETURNS text LANGUAGE sql STABLE AS $$ SELECT encode(sha256(convert_to(
  jsonb_build_array(m.member_no, m.person_id, m.admitted_on, m.admission_source, m.provisional, m.shares)::text, 'UTF8')), 'hex') $$;

-- The only way in which a personal value is changed: blanked, once, by a second person, with nothing owed and the membership ended.
CREATE FUNCTION coop_erase_person(request bigint, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked erasure_request%ROWTYPE; who text := coalesce(current_setting('coop.actor', true), ''); home bigint; number varchar; made bigint;
BEGIN
  SELECT * INTO asked FROM erasure_request r WHERE r.id = request AND (coop_reach_all() OR r.cooperative_id = ANY (coop_reach()));
  IF NOT FOUND OR who IN ('', asked.asked_by)
     OR EXISTS (SELECT FROM member m WHERE m.person_id = asked.person_id AND NOT EXISTS (SELECT FROM member_ended e WHERE e.member_id = m.id))
     OR EXISTS (SELECT FROM member m JOIN kept_total t ON t.cooperative_id = m.cooperative_id AND t.member_id = m.id AND t.amount_paise <> 0
                WHERE m.person_id = asked.person_id) THEN
    RAISE EXCEPTION 'erasure % is not to be made', request USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT h.household_id INTO home FROM person_home h WHERE h.person_id = asked.person_id AND NOT EXISTS (
    SELECT FROM person_home o WHERE o.household_id = h.household_id AND o.person_id <> h.person_id
       AND NOT EXISTS (SELECT FROM erasure e WHERE e.person_id = o.person_id));
  SELECT p.person_no INTO number FROM person p WHERE p.id = asked.person_id;
  INSERT INTO erasure (cooperative_id, request_id, person_id, household_id, confirmed_by, erased_at)
    VALUES (asked.cooperative_id, asked.id, asked.person_id, home, who, at) RETURNING id INTO made;
  UPDATE person_version SET name_latin = '', name_hi = '', relation = '', relation_name_latin = '', relation_name_hi = '', sex = '', dob = NULL,
    dob_precision = '', village = '', tola = '', block = '', district_lgd = NULL, state_lgd = NULL, mobile = '', id_kind = '', id_no = '',
    bank_account = '', ifsc = '', salt = '', row_sha256 = '' WHERE person_id = asked.person_id;
  UPDATE nominee n SET name = '', relation = '', salt = '' FROM member m WHERE m.id = n.member_id AND m.person_id = asked.person_id;
  DELETE FROM member_key k USING member m WHERE m.id = k.member_id AND m.person_id = asked.person_id;
  UPDATE household_version SET head_name = '', head_salt = '' WHERE head_person_no = number AND cooperative_id = asked.cooperative_id;
  UPDATE household_version SET head_person_no = '', head_name = '', village = '', tola = '', block = '', district_lgd = NULL, state_lgd = NULL,
    ration_card_no = '', ration_type = '', caste = '', pvtg = NULL, minority = NULL, house = '', land_hundredths_acre = NULL, migrant = '',
    salt = '', head_salt = '' WHERE household_id = home;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION coop_erase_person(bigint, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION coop_erase_person(bigint, timestamptz) TO :app;
