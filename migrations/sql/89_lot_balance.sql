-- A lot's balance is the sum of its rows because nothing but these triggers writes it, and what was
-- bought for a lot is in stock, sold, lost or seized, at every COMMIT.

-- RFC 6962 section 2.1 over leaf hashes in their order: pairs are joined level by level, an odd last
-- one goes up as it is (coop/receipts/rules/tree.py).
CREATE FUNCTION coop_root_over(leaves bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE level bytea[] := leaves;
BEGIN
  IF coalesce(array_length(level, 1), 0) = 0 THEN RETURN sha256(''::bytea); END IF;
  WHILE array_length(level, 1) > 1 LOOP
    SELECT array_agg(joined ORDER BY pair) INTO level FROM (
      SELECT (ord - 1) / 2 AS pair,
             CASE WHEN count(*) = 2 THEN sha256('\x01'::bytea || string_agg(h, ''::bytea ORDER BY ord))
                  ELSE string_agg(h, ''::bytea) END AS joined
        FROM unnest(level) WITH ORDINALITY AS u (h, ord) GROUP BY 1) p;
  END LOOP;
  RETURN level[1];
END $$;

-- The root over the purchase receipts that stand in a lot, ordered by cti (receipt format MR1, item 9).
CREATE FUNCTION coop_lot_root(coop bigint, year integer, no_ bigint) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT coop_root_over(array_agg(sha256('\x00'::bytea || r.signed) ORDER BY r.cti))
    FROM lot_purchase p JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (p.cooperative_id, p.fy, 1, p.weighing_no)
   WHERE p.cooperative_id = coop AND p.lot_fy = year AND p.lot_no = no_
     AND NOT EXISTS (SELECT FROM lot_departure d WHERE (d.cooperative_id, d.fy, d.weighing_no) = (p.cooperative_id, p.fy, p.weighing_no)) $$;

CREATE FUNCTION coop_lot_opens() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO lot_balance VALUES (NEW.cooperative_id, NEW.fy, NEW.no, 0, sha256(''::bytea), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER opens AFTER INSERT ON lot FOR EACH ROW EXECUTE FUNCTION coop_lot_opens();

CREATE FUNCTION coop_purchases_stand() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE lot_balance b SET purchase_count = b.purchase_count + s.n, bought_grams = b.bought_grams + s.grams,
         bought_paise = b.bought_paise + s.paise, purchases_root = coop_lot_root(b.cooperative_id, b.lot_fy, b.lot_no)
    FROM (SELECT cooperative_id, lot_fy, lot_no, count(*) AS n, sum(grams) AS grams, sum(paise) AS paise FROM added GROUP BY 1, 2, 3) s
   WHERE (b.cooperative_id, b.lot_fy, b.lot_no) = (s.cooperative_id, s.lot_fy, s.lot_no);
  RETURN NULL;
END $$;
CREATE TRIGGER stand AFTER INSERT ON lot_purchase REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION coop_purchases_stand();

CREATE FUNCTION coop_purchases_depart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE lot_balance b SET purchase_count = b.purchase_count - s.n, bought_grams = b.bought_grams - s.grams,
         bought_paise = b.bought_paise - s.paise, purchases_root = coop_lot_root(b.cooperative_id, b.lot_fy, b.lot_no)
    FROM (SELECT a.cooperative_id, p.lot_fy, p.lot_no, count(*) AS n, sum(p.grams) AS grams, sum(p.paise) AS paise
            FROM added a JOIN lot_purchase p USING (cooperative_id, fy, weighing_no) GROUP BY 1, 2, 3) s
   WHERE (b.cooperative_id, b.lot_fy, b.lot_no) = (s.cooperative_id, s.lot_fy, s.lot_no);
  RETURN NULL;
END $$;
CREATE TRIGGER depart AFTER INSERT ON lot_departure REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION coop_purchases_depart();

CREATE FUNCTION coop_lot_moves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost boolean := NEW.kind IN ('sorted', 'shrunk', 'loss_undone'); sold boolean := NEW.kind IN ('sold', 'returned');
        seized boolean := NEW.kind IN ('seized', 'released');
BEGIN
  UPDATE lot_balance SET stock_grams = stock_grams + NEW.grams, stock_paise = stock_paise + NEW.cost_paise,
         lost_grams = lost_grams - CASE WHEN lost THEN NEW.grams ELSE 0 END, lost_paise = lost_paise - CASE WHEN lost THEN NEW.cost_paise ELSE 0 END,
         sold_grams = sold_grams - CASE WHEN sold THEN NEW.grams ELSE 0 END, sold_paise = sold_paise - CASE WHEN sold THEN NEW.cost_paise ELSE 0 END,
         seized_grams = seized_grams - CASE WHEN seized THEN NEW.grams ELSE 0 END, seized_paise = seized_paise - CASE WHEN seized THEN NEW.cost_paise ELSE 0 END
   WHERE (cooperative_id, lot_fy, lot_no) = (NEW.cooperative_id, NEW.lot_fy, NEW.lot_no);
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON lot_movement FOR EACH ROW EXECUTE FUNCTION coop_lot_moves();

-- In = out + stock + recorded loss, grams and paise, whoever wrote the rows.
CREATE FUNCTION coop_lot_must_close() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE b lot_balance;
BEGIN
  SELECT * INTO b FROM lot_balance WHERE (cooperative_id, lot_fy, lot_no) = (NEW.cooperative_id, NEW.lot_fy, NEW.lot_no);
  IF b.bought_grams <> b.stock_grams + b.sold_grams + b.lost_grams + b.seized_grams
     OR b.bought_paise <> b.stock_paise + b.sold_paise + b.lost_paise + b.seized_paise THEN
    RAISE EXCEPTION 'lot %/% does not close: bought % g and % paise', b.lot_fy, b.lot_no, b.bought_grams, b.bought_paise
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER closes AFTER INSERT OR UPDATE ON lot_balance DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION coop_lot_must_close();
REVOKE ALL ON FUNCTION coop_lot_opens(), coop_purchases_stand(), coop_purchases_depart(), coop_lot_moves(), coop_lot_must_close() FROM public;

-- Where a purchase stands: 'free', 'in_lot' (not sold yet) or 'sold': something of its lot is sold or
-- seized, and so the purchase cannot be told from the others any more.
CREATE FUNCTION coop_purchase_stands(coop bigint, year integer, no_ bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT CASE WHEN b.sold_grams > 0 OR b.seized_grams > 0 THEN 'sold' ELSE 'in_lot' END
    FROM lot_purchase p JOIN lot_balance b USING (cooperative_id, lot_fy, lot_no)
   WHERE (p.cooperative_id, p.fy, p.weighing_no) = (coop, year, no_)
     AND NOT EXISTS (SELECT FROM lot_departure d WHERE (d.cooperative_id, d.fy, d.weighing_no) = (coop, year, no_))), 'free') $$;

-- Post a journal of two lines on stock and sorting loss, and keep their totals.
CREATE FUNCTION coop_post_loss(coop bigint, year integer, on_day date, posted timestamptz, document_ text, grade integer, paise bigint, grams_ bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE journal_no_ bigint; line record;
BEGIN
  INSERT INTO number_series AS n VALUES (coop, year, 'J', 1)
    ON CONFLICT (cooperative_id, fy, series) DO UPDATE SET last_no = n.last_no + 1 RETURNING last_no INTO journal_no_;
  INSERT INTO journal (cooperative_id, fy, no, day, posted_at, about, document) VALUES (coop, year, journal_no_, on_day, posted, 'lot', document_);
  FOR line IN SELECT * FROM (VALUES (1, 1310, paise, grams_), (2, 5110, -paise, 0::bigint)) AS v (ord, code, amount, stock) LOOP
    INSERT INTO ledger_entry (cooperative_id, fy, journal_no, line_no, account_code, amount_paise, grade_code, stock_grams)
      VALUES (coop, year, journal_no_, line.ord, line.code, line.amount, grade, line.stock);
    UPDATE kept_total SET amount_paise = amount_paise + line.amount, stock_grams = stock_grams + line.stock
     WHERE cooperative_id = coop AND account_code = line.code AND member_id = 0 AND grade_code = grade AND buyer_id = 0;
    IF NOT FOUND THEN
      INSERT INTO kept_total (cooperative_id, account_code, member_id, grade_code, buyer_id, amount_paise, stock_grams)
        VALUES (coop, line.code, 0, grade, 0, line.amount, line.stock);
    END IF;
  END LOOP;
  RETURN journal_no_;
END $$;

-- A purchase that is taken back leaves its unsold lot; one that stands in none changes nothing. What the
-- lot lost is shared anew by the purchases that stay (coop/sales/rules/balance.py: without). The caller
-- holds the cooperative's chain, and calls this before it takes the purchase out of the stock account.
CREATE FUNCTION coop_purchase_leaves_lot(coop bigint, year integer, no_ bigint, at_ timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE p lot_purchase; b lot_balance; l lot; lost_grams_ bigint; lost_paise_ bigint; in_grams bigint; in_paise bigint;
        on_day date := (at_ AT TIME ZONE 'Asia/Kolkata')::date; first_year integer; year_now integer; journal_no_ bigint;
        who text := coalesce(current_setting('coop.actor', true), 'system');
BEGIN
  SELECT * INTO p FROM lot_purchase q WHERE (q.cooperative_id, q.fy, q.weighing_no) = (coop, year, no_)
     AND NOT EXISTS (SELECT FROM lot_departure d WHERE (d.cooperative_id, d.fy, d.weighing_no) = (coop, year, no_));
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO b FROM lot_balance WHERE (cooperative_id, lot_fy, lot_no) = (coop, p.lot_fy, p.lot_no);
  SELECT * INTO l FROM lot WHERE (cooperative_id, fy, no) = (coop, p.lot_fy, p.lot_no);
  IF b.sold_grams > 0 OR b.seized_grams > 0 THEN
    RAISE EXCEPTION 'purchase %/% stands in lot %, which is sold or seized', year, no_, l.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  first_year := (extract(year FROM on_day)::integer - CASE WHEN extract(month FROM on_day) >= 4 THEN 0 ELSE 1 END) % 100;
  year_now := 100 * first_year + (first_year + 1) % 100;
  in_grams := b.bought_grams - p.grams;
  in_paise := b.bought_paise - p.paise;
  lost_grams_ := least(b.lost_grams, in_grams);
  lost_paise_ := CASE WHEN lost_grams_ = 0 THEN 0
    ELSE div(2 * in_paise::numeric * lost_grams_ + in_grams, 2 * in_grams::numeric)::bigint END;
  IF b.lost_grams <> lost_grams_ OR b.lost_paise <> lost_paise_ THEN
    journal_no_ := coop_post_loss(coop, year_now, on_day, at_, l.number, l.grade_code, b.lost_paise - lost_paise_, b.lost_grams - lost_grams_);
    INSERT INTO lot_movement (cooperative_id, lot_fy, lot_no, kind, grams, cost_paise, happened_at, posted_at, fy, journal_no, reason, about_no, actor)
      VALUES (coop, p.lot_fy, p.lot_no, 'loss_undone', b.lost_grams - lost_grams_, b.lost_paise - lost_paise_, at_, at_, year_now, journal_no_, 'purchase taken back', '', who);
  END IF;
  INSERT INTO lot_movement (cooperative_id, lot_fy, lot_no, kind, grams, cost_paise, happened_at, posted_at, fy, reason, about_no, actor)
    VALUES (coop, p.lot_fy, p.lot_no, 'left', -p.grams, -p.paise, at_, at_, year_now, 'purchase taken back', format('%s/%s', year, no_), who);
  INSERT INTO lot_departure VALUES (coop, year, no_, p.lot_fy, p.lot_no, at_);
END $$;
