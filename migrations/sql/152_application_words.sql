-- What is typed of an application (note, number, office) may name a child or who cares for it: it stands here,
-- erasable; the event keeps its salted hash, under which it is sealed. An event without the hash is from before, with
-- its words in it.
ALTER TABLE application_event ADD COLUMN words_sha256 bytea CHECK (octet_length(words_sha256) = 32);
CREATE TABLE application_words (
  event_id bigint PRIMARY KEY REFERENCES application_event ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  note varchar(400) NOT NULL, number varchar(60) NOT NULL, office varchar(120) NOT NULL,
  salt bytea NOT NULL CHECK (octet_length(salt) = 16), CHECK (note <> '' OR number <> '' OR office <> '')
);
GRANT SELECT, INSERT ON application_words TO :app;
SELECT coop_guard_rows('application_words');
SELECT coop_erasable('application_words');

-- Whether a paper was seen goes with the particulars of whom it is about: erasable, never changed.
DROP TRIGGER append_only ON scheme_paper;
DROP TRIGGER append_only_whole ON scheme_paper;
SELECT coop_erasable('scheme_paper');

-- Words of applications of somebody, or of the household as a whole, and others of the household that name them.
CREATE FUNCTION coop_forget_words(who bigint, names text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM application_words w USING application_event e, scheme_application a
  WHERE e.id = w.event_id AND a.id = e.application_id
    AND a.household_id IN (SELECT h.household_id FROM person_home h WHERE h.person_id = who)
    AND (a.person_id = who OR a.person_id IS NULL OR EXISTS (
      SELECT FROM regexp_split_to_table(names, '\s+') part
      WHERE length(part) > 2 AND strpos(lower(w.note || ' ' || w.number || ' ' || w.office), lower(part)) > 0)) $$;
REVOKE ALL ON FUNCTION coop_forget_words(bigint, text) FROM PUBLIC;

-- A guardian withdraws: as words of a case, those of applications go in the same transaction.
CREATE FUNCTION coop_forget_child_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM coop_forget_words(OLD.person_id, OLD.name_latin || ' ' || OLD.name_hi);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION coop_forget_child_words() FROM PUBLIC;
CREATE TRIGGER forget_words AFTER DELETE ON child_version FOR EACH ROW EXECUTE FUNCTION coop_forget_child_words();

-- An erasure runs before the names are blanked. Nobody wrote down who of a home spoke of debts, so all of its sheets go.
CREATE FUNCTION coop_forget_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM coop_forget_words(NEW.person_id, (SELECT coalesce(string_agg(v.name_latin || ' ' || v.name_hi, ' '), '')
    FROM person_version v WHERE v.person_id = NEW.person_id));
  DELETE FROM scheme_paper s WHERE s.person_id = NEW.person_id OR s.person_id IS NULL AND s.household_id IN (
    SELECT h.household_id FROM person_home h WHERE h.person_id = NEW.person_id);
  DELETE FROM sign_sheet s WHERE s.household_id IN (SELECT h.household_id FROM person_home h WHERE h.person_id = NEW.person_id);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION coop_forget_erased() FROM PUBLIC;
CREATE TRIGGER forget_erased AFTER INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION coop_forget_erased();

-- Who takes back the agreement to be asked takes back the papers and words too: of one, or of the household.
CREATE FUNCTION coop_forget_asked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM application_words w USING application_event e, scheme_application a
    WHERE e.id = w.event_id AND a.id = e.application_id AND a.household_id = NEW.household_id
      AND (NEW.person_id IS NULL OR a.person_id = NEW.person_id);
  DELETE FROM scheme_paper s WHERE s.household_id = NEW.household_id AND (NEW.person_id IS NULL OR s.person_id = NEW.person_id);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION coop_forget_asked() FROM PUBLIC;
CREATE TRIGGER forget_asked AFTER INSERT ON scheme_consent FOR EACH ROW WHEN (NOT NEW.given) EXECUTE FUNCTION coop_forget_asked();
