-- Lots, what stands in them and what is lost; sales, challans, gate-out, credit notes.

-- Where a purchase stands: 'free', 'in_lot' (not sold yet) or 'sold'.
CREATE FUNCTION coop_purchase_stands(coop bigint, year integer, weighing_no bigint) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT 'free'::text $$;
-- A purchase that is taken back leaves its unsold lot; one that stands in none changes nothing.
CREATE FUNCTION coop_purchase_leaves_lot(coop bigint, year integer, weighing_no bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
