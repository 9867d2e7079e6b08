-- What a household told goes when consent ends, or when one of it is erased: nobody wrote down which of them told it.
-- The chain keeps salted hashes only, and the salts go with the rows.
CREATE FUNCTION coop_forget_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'erasure' THEN
    DELETE FROM scheme_answer a WHERE a.person_id = NEW.person_id OR a.person_id IS NULL AND a.household_id IN (
      SELECT h.household_id FROM person_home h WHERE h.person_id = NEW.person_id);
    DELETE FROM other_income i WHERE i.household_id IN (
      SELECT h.household_id FROM person_home h WHERE h.person_id = NEW.person_id);
  ELSIF TG_TABLE_NAME = 'income_consent' THEN
    DELETE FROM other_income i WHERE i.household_id = NEW.household_id;
  ELSE
    DELETE FROM scheme_answer a WHERE a.household_id = NEW.household_id AND (a.person_id = NEW.person_id OR NEW.person_id IS NULL AND NOT EXISTS (
      SELECT FROM (SELECT DISTINCT ON (c.person_id) c.person_id, c.given FROM scheme_consent c
                   WHERE c.household_id = NEW.household_id AND c.person_id IS NOT NULL ORDER BY c.person_id, c.id DESC) AS own
      WHERE own.person_id = a.person_id AND own.given));
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION coop_forget_told() FROM public;
CREATE TRIGGER forget_told AFTER INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION coop_forget_told();
CREATE TRIGGER forget_told AFTER INSERT ON income_consent FOR EACH ROW WHEN (NOT NEW.given) EXECUTE FUNCTION coop_forget_told();
CREATE TRIGGER forget_told AFTER INSERT ON scheme_consent FOR EACH ROW WHEN (NOT NEW.given) EXECUTE FUNCTION coop_forget_told();
