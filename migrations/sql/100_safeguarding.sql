-- Concerns about children and the cases that come of them. A schema of its own, opened to one login,
-- <database>_safe: neither the application's role nor schooling's has a right in it, nor may take that role.
CREATE SCHEMA safeguarding;
GRANT USAGE ON SCHEMA safeguarding TO :safe;
GRANT SELECT ON cooperative, bylaw, person, person_home, household, household_version, household_move, member TO :safe;
GRANT SELECT ON child, child_version, guardian_consent, guardianship, guardianship_end TO :safe;
GRANT SELECT (id, display_name, login_key) ON user_account TO :safe;
-- Whether an account holds a role in a place; the standby's has no cooperative, so no reach would see it.
CREATE FUNCTION coop_holds_role(account bigint, asked varchar, own bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM public.role_assignment a WHERE a.user_id = account AND a.role = asked
    AND a.cooperative_id IS NOT DISTINCT FROM own AND a.holds_from <= now() AND (a.holds_to IS NULL OR a.holds_to > now())
    AND NOT EXISTS (SELECT FROM public.role_assignment_end e WHERE e.assignment_id = a.id))
    AND NOT EXISTS (SELECT FROM public.account_closed c WHERE c.user_id = account) $$;
REVOKE ALL ON FUNCTION coop_holds_role(bigint, varchar, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coop_holds_role(bigint, varchar, bigint) TO :safe;
GRANT SELECT, UPDATE ON audit_head TO :safe;
INSERT INTO audit_head VALUES ('SAFE-CASES', NULL, 0, decode(repeat('00', 32), 'hex'));
GRANT SELECT, INSERT ON audit_entry, audit_read TO :safe;
GRANT USAGE ON SEQUENCE audit_entry_id_seq, audit_read_id_seq TO :safe;

-- Who reads cases: named, trained, until a day. NULL cooperative: the agency's standby. The last row of a
-- person and place holds; a row without training ends it.
CREATE TABLE safeguarding.reader (
  id bigserial PRIMARY KEY, cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  user_id bigint NOT NULL REFERENCES user_account ON DELETE RESTRICT,
  person_id bigint REFERENCES person ON DELETE RESTRICT,
  woman boolean NOT NULL, training varchar(160) NOT NULL, trained_on date NOT NULL, valid_until date NOT NULL,
  named_by varchar(80) NOT NULL, named_at timestamptz NOT NULL, CHECK (valid_until >= trained_on)
);
GRANT SELECT, INSERT ON safeguarding.reader TO :safe;
GRANT USAGE ON SEQUENCE safeguarding.reader_id_seq TO :safe;
ALTER TABLE safeguarding.reader ENABLE ROW LEVEL SECURITY;
-- Who the standby is may be known in every cooperative: whoever raises a concern is told who reads it.
CREATE POLICY within_reach ON safeguarding.reader USING (
  cooperative_id IS NULL OR (SELECT coop_reach_all()) OR cooperative_id = ANY ((SELECT coop_reach())::bigint[]))
  WITH CHECK ((SELECT coop_reach_all()));
SELECT coop_append_only('safeguarding.reader');

CREATE TABLE safeguarding.protection_case (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  case_no varchar(20) NOT NULL UNIQUE CHECK (case_no ~ '^[A-Z0-9]{2,12}-F[0-9]{4,6}$'), opened_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON safeguarding.protection_case TO :safe;
GRANT USAGE ON SEQUENCE safeguarding.protection_case_id_seq TO :safe;
SELECT coop_guard_rows('safeguarding.protection_case');
SELECT coop_append_only('safeguarding.protection_case');

-- Every free word of a case stands here and nowhere else: erasable, never changed.
CREATE TABLE safeguarding.case_words (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  case_id bigint NOT NULL REFERENCES safeguarding.protection_case ON DELETE RESTRICT,
  words varchar(800) NOT NULL CHECK (words <> ''), salt bytea NOT NULL CHECK (octet_length(salt) = 16),
  recorded_at timestamptz NOT NULL
);
CREATE INDEX case_words_case ON safeguarding.case_words (case_id);
GRANT SELECT, INSERT, DELETE ON safeguarding.case_words TO :safe;
GRANT USAGE ON SEQUENCE safeguarding.case_words_id_seq TO :safe;
SELECT coop_guard_rows('safeguarding.case_words');
SELECT coop_erasable('safeguarding.case_words');

-- What somebody told. Who told it is never shown to a manager, and they never see the case.
CREATE TABLE safeguarding.concern (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  case_id bigint NOT NULL REFERENCES safeguarding.protection_case ON DELETE RESTRICT,
  source varchar(12) NOT NULL CHECK (source IN ('person', 'feedback', 'inspection')),
  about varchar(12) NOT NULL CHECK (about IN ('work', 'hazard', 'violence', 'sexual', 'bonded', 'school', 'alone', 'other')),
  danger_now boolean NOT NULL, names_reader boolean NOT NULL, words_id bigint,
  raised_by varchar(80) NOT NULL, raised_at timestamptz NOT NULL
);
CREATE INDEX concern_case ON safeguarding.concern (case_id);
GRANT SELECT, INSERT ON safeguarding.concern TO :safe;
GRANT USAGE ON SEQUENCE safeguarding.concern_id_seq TO :safe;
SELECT coop_guard_rows('safeguarding.concern');
SELECT coop_append_only('safeguarding.concern');

-- The book of a case, line by line: codes and days, no words. Its state is what its lines say.
CREATE TABLE safeguarding.case_line (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  case_id bigint NOT NULL REFERENCES safeguarding.protection_case ON DELETE RESTRICT,
  kind varchar(12) NOT NULL CHECK (kind IN ('child', 'conflict', 'risk', 'wish', 'referral', 'answer', 'step', 'step_end',
    'visit', 'closing', 'decision', 'reopening', 'handover')),
  choice varchar(24) NOT NULL, second varchar(24) NOT NULL, third varchar(24) NOT NULL, shared varchar(120) NOT NULL,
  about_id bigint, on_day date NOT NULL, due_on date, words_id bigint,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  CHECK ((kind IN ('child', 'answer', 'step_end', 'decision', 'conflict')) = (about_id IS NOT NULL)),
  CHECK ((kind = 'step') = (due_on IS NOT NULL)),
  CHECK (kind <> 'referral' OR second IN ('wish', 'law', 'danger'))
);
CREATE INDEX case_line_case ON safeguarding.case_line (case_id, id);
CREATE INDEX case_line_child ON safeguarding.case_line (about_id) WHERE kind = 'child';
-- A step ends once, a closing is decided once, whatever two people do at the same second.
CREATE UNIQUE INDEX case_line_once ON safeguarding.case_line (kind, about_id) WHERE kind IN ('step_end', 'decision');
GRANT SELECT, INSERT ON safeguarding.case_line TO :safe;
GRANT USAGE ON SEQUENCE safeguarding.case_line_id_seq TO :safe;
SELECT coop_guard_rows('safeguarding.case_line');
SELECT coop_append_only('safeguarding.case_line');

-- Health and the grounds on which a child needs care, for the private schemes: told to the reader, kept
-- here and nowhere else. The last answer to a fact of a person holds; erasable.
CREATE TABLE safeguarding.case_fact (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  case_id bigint NOT NULL REFERENCES safeguarding.protection_case ON DELETE RESTRICT,
  person_id bigint NOT NULL REFERENCES person ON DELETE RESTRICT,
  fact varchar(40) NOT NULL CHECK (fact IN ('p.hiv_art', 'p.tb_notified', 'p.silicosis_certified', 'p.care_ground')),
  value varchar(400) NOT NULL, salt bytea NOT NULL CHECK (octet_length(salt) = 16), told_on date NOT NULL,
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX case_fact_case ON safeguarding.case_fact (case_id, id);
GRANT SELECT, INSERT, DELETE ON safeguarding.case_fact TO :safe;
GRANT USAGE ON SEQUENCE safeguarding.case_fact_id_seq TO :safe;
SELECT coop_guard_rows('safeguarding.case_fact');
SELECT coop_erasable('safeguarding.case_fact');

-- What the law demands without asking anybody: dated, with its source. None is read in the Gazette yet.
CREATE TABLE safeguarding.legal_duty (
  id bigserial PRIMARY KEY, about varchar(12) NOT NULL, channel varchar(12) NOT NULL, within_hours integer,
  holds_from date NOT NULL, source varchar(300) NOT NULL, verified boolean NOT NULL, recorded_at timestamptz NOT NULL
);
GRANT SELECT ON safeguarding.legal_duty TO :safe;
SELECT coop_append_only('safeguarding.legal_duty');
INSERT INTO safeguarding.legal_duty (about, channel, within_hours, holds_from, source, verified, recorded_at) VALUES
 ('work', 'cwc', 24, '2016-01-15', 'Juvenile Justice (Care and Protection of Children) Act 2015, s.2(14) and s.31: a working child is in need of care; production before the committee within 24 hours', false, now()),
 ('bonded', 'cwc', 24, '2016-01-15', 'Juvenile Justice (Care and Protection of Children) Act 2015, s.2(14) and s.31: a working child is in need of care; production before the committee within 24 hours', false, now()),
 ('alone', 'h1098', 24, '2016-01-15', 'Juvenile Justice (Care and Protection of Children) Act 2015, s.32: report of a child found without support', false, now()),
 ('sexual', 'h112', NULL, '2012-11-14', 'Protection of Children from Sexual Offences Act 2012, s.19: report to the police', false, now());

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('case_first_look', 2, 'days', '1900-01-01', 'Own working time: a concern is looked at within 48 hours, to be confirmed by the agency', false, now()),
 ('case_plan_within', 7, 'days', '1900-01-01', 'Own working time from the judged risk to a plan, to be confirmed by the agency', false, now()),
 ('case_answer_within', 14, 'days', '1900-01-01', 'Own working time for the answer to a referral, to be confirmed by the agency', false, now()),
 ('case_first_visit', 90, 'days', '1900-01-01', 'Own working time from the plan to the first follow-up, to be confirmed by the agency', false, now()),
 ('case_next_visit', 90, 'days', '1900-01-01', 'Own working time from one follow-up to the next, to be confirmed by the agency', false, now()),
 ('case_fewest_visits', 2, 'visits', '1900-01-01', 'Core criteria for monitoring systems of the cocoa sector: at least two follow-up visits; as told, not compared with the text', false, now()),
 ('case_close_within', 7, 'days', '1900-01-01', 'Own working time for the second person of a closing, to be confirmed by the agency', false, now()),
 ('case_escalates', 3, 'days', '1900-01-01', 'Own time after a missed day until the standby reads the case too, to be confirmed by the agency', false, now()),
 ('case_words_kept', 365, 'days', '1900-01-01', 'Own period from the closing to the erasure of a case''s words; Digital Personal Data Protection Act 2023, s.8(7): erase when the purpose is served', false, now()),
 ('small_cell', 5, 'children', '1900-01-01', 'Own limit: a smaller count is not told', false, now()),
 ('coverage_households', 30, 'households', '1900-01-01', 'Own limit: below it no share of households is told', false, now());

-- A form that was sent twice books once; erased with the words, because it is a hash of what was typed.
CREATE TABLE safeguarding.case_form (
  operation_id uuid PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  case_id bigint, body_sha256 bytea NOT NULL CHECK (octet_length(body_sha256) = 32), sent_at timestamptz NOT NULL
);
CREATE INDEX case_form_case ON safeguarding.case_form (case_id);
GRANT SELECT, INSERT, DELETE ON safeguarding.case_form TO :safe;
SELECT coop_guard_rows('safeguarding.case_form');

-- A guardian withdraws: words of a case that hold the child's name go in the same transaction. The case
-- stays, by number: a guardian's word ends the look-up at school, not the protection of a child.
CREATE FUNCTION coop_forget_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM safeguarding.case_words w USING safeguarding.case_line l, regexp_split_to_table(OLD.name_latin || ' ' || OLD.name_hi, '\s+') part
  WHERE l.kind = 'child' AND l.about_id = OLD.person_id AND w.case_id = l.case_id AND length(part) > 2
    AND strpos(lower(w.words), lower(part)) > 0;
  DELETE FROM safeguarding.case_fact f WHERE f.person_id = OLD.person_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION coop_forget_name() FROM PUBLIC;
CREATE TRIGGER forget_name AFTER DELETE ON child_version FOR EACH ROW EXECUTE FUNCTION coop_forget_name();

-- All that crosses the wall: for a cooperative and a finished quarter, in which band the share of households lies whose
-- school-age children were all looked up within the days before its end. NULL: too few households, or not over yet.
-- Children of whom a guardian has not consented are in no count, so that it presses nobody to consent.
CREATE FUNCTION coop_children_checked(own bigint, first_day date) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE ends date := (first_day + interval '3 months')::date; ages record; fewest numeric; households bigint; checked bigint;
BEGIN
  IF first_day <> date_trunc('quarter', first_day)::date OR ends > (now() AT TIME ZONE 'Asia/Kolkata')::date THEN RETURN NULL; END IF;
  SELECT r.school_age, r.adult_age, r.stale_days INTO ages FROM public.status_rule r
    WHERE r.code = 'in-45' AND r.holds_from < ends ORDER BY r.holds_from DESC LIMIT 1;
  SELECT b.value INTO fewest FROM public.bylaw b WHERE b.name = 'coverage_households' AND b.holds_from < ends
    AND (b.cooperative_id IS NULL OR b.cooperative_id = own) ORDER BY b.cooperative_id NULLS LAST, b.holds_from DESC, b.id DESC LIMIT 1;
  SELECT count(*), count(*) FILTER (WHERE h.seen) INTO households, checked FROM (
    SELECT ph.household_id, bool_and(EXISTS (
        SELECT FROM public.school_check k JOIN public.school_check_run r ON r.id = k.run_id
        WHERE k.person_id = v.person_id AND k.status NOT IN ('consent_refused', 'not_verifiable')
          AND r.on_day < ends AND r.on_day >= ends - ages.stale_days)) AS seen
    FROM (SELECT DISTINCT ON (x.person_id) x.* FROM public.child_version x WHERE x.cooperative_id = own ORDER BY x.person_id, x.version DESC) v
    JOIN public.person_home ph ON ph.person_id = v.person_id
    WHERE ph.household_id IS NOT NULL AND v.dob IS NOT NULL
      AND v.dob <= ends - make_interval(years => ages.school_age) AND v.dob > ends - make_interval(years => ages.adult_age)
    GROUP BY ph.household_id) h;
  IF households < fewest THEN RETURN NULL; END IF;
  RETURN CASE WHEN 2 * checked < households THEN 0 WHEN 4 * checked < 3 * households THEN 1 WHEN 10 * checked < 9 * households THEN 2 ELSE 3 END;
END $$;
REVOKE ALL ON FUNCTION coop_children_checked(bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION coop_children_checked(bigint, date) TO :app;
