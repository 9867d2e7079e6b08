-- What stands behind a sale's receipt, for the buyer whose receipt it is (and the agency): sums only, no
-- member, no weighing's number, no coordinates. A buyer reaches no cooperative's rows, so this looks for it.
CREATE FUNCTION coop_pedigree_of_receipt(buyer bigint, wanted bytea)
RETURNS TABLE (
  coop_code varchar, coop_hi varchar, coop_en varchar, receipt_no varchar, lot_number varchar, grade_code integer,
  grade_hi varchar, grade_en varchar, district_lgd integer, made_at timestamptz, sold_at timestamptz,
  quantity_grams bigint, rate_paise bigint, buyer_floor_paise bigint, premium_rate_paise bigint, premium_paise bigint,
  purchase_count bigint, first_weighed_at timestamptz, last_weighed_at timestamptz,
  bought_grams bigint, stock_grams bigint, sold_grams bigint, lost_grams bigint, seized_grams bigint,
  paid_paise bigint, paid_lowest bigint, paid_highest bigint, floor_lowest bigint, floor_highest bigint, below_floor bigint,
  site_count bigint, sites_allowed bigint, taken_back boolean, gate_passed_at timestamptz, challan boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.code, c.name_hi, c.name_en, s.number, l.number, l.grade_code, g.name_hi, g.name_en, l.district_lgd, l.made_at, s.sold_at,
         s.quantity_grams, s.rate_paise, s.floor_paise, s.premium_rate_paise, s.premium_paise,
         p.n, p.first_at, p.last_at, b.bought_grams, b.stock_grams, b.sold_grams, b.lost_grams, b.seized_grams,
         b.bought_paise, p.paid_lowest, p.paid_highest, p.floor_lowest, p.floor_highest, p.below, p.sites, p.allowed,
         EXISTS (SELECT FROM sale_note n WHERE (n.cooperative_id, n.sale_fy, n.sale_no) = (s.cooperative_id, s.fy, s.no) AND n.kind = 'reversal'),
         (SELECT o.left_at FROM gate_out o WHERE (o.cooperative_id, o.sale_fy, o.sale_no) = (s.cooperative_id, s.fy, s.no)),
         EXISTS (SELECT FROM sale_challan h WHERE (h.cooperative_id, h.sale_fy, h.sale_no) = (s.cooperative_id, s.fy, s.no))
    FROM buyer_receipt t
    JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (t.cooperative_id, t.fy, t.kind, t.no)
    JOIN sale s ON (s.cooperative_id, s.fy, s.no) = (t.cooperative_id, t.fy, t.no)
    JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (s.cooperative_id, s.lot_fy, s.lot_no)
    JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no)
    JOIN cooperative c ON c.id = s.cooperative_id
    JOIN grade g ON g.code = l.grade_code
    CROSS JOIN LATERAL (
      SELECT count(*) AS n, min(w.weighed_at) AS first_at, max(w.weighed_at) AS last_at,
             min(w.rate_paise) AS paid_lowest, max(w.rate_paise) AS paid_highest,
             min(w.floor_paise) AS floor_lowest, max(w.floor_paise) AS floor_highest,
             count(*) FILTER (WHERE w.rate_paise < w.floor_paise) AS below,
             count(DISTINCT x.code) AS sites, count(DISTINCT x.code) FILTER (WHERE x.collection_allowed) AS allowed
        FROM lot_purchase q
        JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (q.cooperative_id, q.fy, q.weighing_no)
        JOIN site x ON x.id = w.site_id
       WHERE (q.cooperative_id, q.lot_fy, q.lot_no) = (l.cooperative_id, l.fy, l.no)
         AND NOT EXISTS (SELECT FROM lot_departure d WHERE (d.cooperative_id, d.fy, d.weighing_no) = (q.cooperative_id, q.fy, q.weighing_no))
    ) p
   WHERE t.buyer_id = buyer AND t.kind = 2 AND r.cti = wanted
     AND (coop_reach_all() OR EXISTS (SELECT FROM buyer_person y
            WHERE y.buyer_id = buyer AND 'user:' || y.user_id = current_setting('coop.actor', true)))
$$;
REVOKE ALL ON FUNCTION coop_pedigree_of_receipt(bigint, bytea) FROM public;
GRANT EXECUTE ON FUNCTION coop_pedigree_of_receipt(bigint, bytea) TO :app;
