"""What `coop ledger verify` asks about lots and sales: each question finds the first fault of its kind.

Run as owner: row guards do not apply. What triggers keep is worked out anew from the rows.
"""

from collections.abc import Mapping

from coop.audit.rules import AuditTag
from coop.ledger.queries import unrecorded

_IN_LOT = "NOT EXISTS (SELECT FROM lot_departure d WHERE (d.cooperative_id, d.fy, d.weighing_no) = (p.cooperative_id, p.fy, p.weighing_no))"
_REVERSED = "EXISTS (SELECT FROM sale_note n WHERE (n.cooperative_id, n.sale_fy, n.sale_no) = (s.cooperative_id, s.fy, s.no) AND n.kind = 'reversal')"

_QUESTIONS: Mapping[str, str] = {
    "lot balance differs from its movements": """
        WITH m AS (SELECT cooperative_id, lot_fy, lot_no, sum(grams) g, sum(cost_paise) c,
            sum(grams) FILTER (WHERE kind IN ('sold', 'returned')) sg, sum(cost_paise) FILTER (WHERE kind IN ('sold', 'returned')) sc,
            sum(grams) FILTER (WHERE kind IN ('sorted', 'shrunk', 'loss_undone')) lg, sum(cost_paise) FILTER (WHERE kind IN ('sorted', 'shrunk', 'loss_undone')) lc,
            sum(grams) FILTER (WHERE kind IN ('seized', 'released')) zg, sum(cost_paise) FILTER (WHERE kind IN ('seized', 'released')) zc
          FROM lot_movement GROUP BY 1, 2, 3)
        SELECT format('%s: kept %s g, movements %s g', l.number, b.stock_grams, m.g)
        FROM lot l LEFT JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no)
        LEFT JOIN m ON (m.cooperative_id, m.lot_fy, m.lot_no) = (l.cooperative_id, l.fy, l.no)
        WHERE (b.stock_grams, b.stock_paise, b.sold_grams, b.sold_paise, b.lost_grams, b.lost_paise, b.seized_grams, b.seized_paise)
          IS DISTINCT FROM (m.g::bigint, m.c::bigint, -coalesce(m.sg, 0)::bigint, -coalesce(m.sc, 0)::bigint, -coalesce(m.lg, 0)::bigint,
            -coalesce(m.lc, 0)::bigint, -coalesce(m.zg, 0)::bigint, -coalesce(m.zc, 0)::bigint) LIMIT 1""",
    "lot balance differs from its purchases": """
        WITH p AS (SELECT cooperative_id, lot_fy, lot_no, count(*) n, sum(grams) g, sum(paise) c FROM lot_purchase p WHERE {in_lot} GROUP BY 1, 2, 3)
        SELECT format('%s: kept %s purchases of %s g, rows %s of %s g', l.number, b.purchase_count, b.bought_grams, p.n, p.g)
        FROM lot l LEFT JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no)
        LEFT JOIN p ON (p.cooperative_id, p.lot_fy, p.lot_no) = (l.cooperative_id, l.fy, l.no)
        WHERE (b.purchase_count, b.bought_grams, b.bought_paise) IS DISTINCT FROM (coalesce(p.n, 0)::int, coalesce(p.g, 0)::bigint, coalesce(p.c, 0)::bigint)
           OR b.purchases_root IS DISTINCT FROM coop_lot_root(l.cooperative_id, l.fy, l.no) LIMIT 1""",
    "sale whose receipt is not its buyer's": """
        SELECT s.number FROM sale s LEFT JOIN buyer_receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (s.cooperative_id, s.fy, 2, s.no)
        WHERE r.buyer_id IS DISTINCT FROM s.buyer_id LIMIT 1""",
    "lot does not close": """
        SELECT format('%s/%s/%s', cooperative_id, lot_fy, lot_no) FROM lot_balance
        WHERE bought_grams <> stock_grams + sold_grams + lost_grams + seized_grams OR bought_paise <> stock_paise + sold_paise + lost_paise + seized_paise
           OR least(stock_grams, sold_grams, lost_grams, seized_grams, stock_paise, sold_paise, lost_paise, seized_paise) < 0 LIMIT 1""",
    "purchase in two lots": """
        SELECT format('%s/%s/%s', cooperative_id, fy, weighing_no) FROM lot_purchase p WHERE {in_lot}
        GROUP BY cooperative_id, fy, weighing_no HAVING count(*) > 1 LIMIT 1""",
    "purchase in a lot is not the weighing": """
        SELECT format('%s/%s/%s in %s', p.cooperative_id, p.fy, p.weighing_no, l.number) FROM lot_purchase p
        LEFT JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (p.cooperative_id, p.fy, p.weighing_no) LEFT JOIN site x ON x.id = w.site_id
        LEFT JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (p.cooperative_id, p.lot_fy, p.lot_no)
        WHERE (w.payable_grams, w.amount_paise, w.grade_code, x.district_lgd) IS DISTINCT FROM (p.grams, p.paise, l.grade_code, l.district_lgd)
           OR w.weighed_at > l.made_at LIMIT 1""",
    "purchase left a lot and was not taken back": """
        SELECT format('%s/%s/%s', d.cooperative_id, d.fy, d.weighing_no) FROM lot_departure d
        WHERE NOT EXISTS (SELECT FROM weighing_taken_back t WHERE (t.cooperative_id, t.fy, t.no) = (d.cooperative_id, d.fy, d.weighing_no)) LIMIT 1""",
    "sale, receipt, journal and lot do not belong together": """
        SELECT format('%s/%s/%s', coalesce(s.cooperative_id, r.cooperative_id), coalesce(s.fy, r.fy), coalesce(s.no, r.no))
        FROM sale s FULL JOIN (SELECT * FROM receipt WHERE kind = 2) r ON (r.cooperative_id, r.fy, r.no) = (s.cooperative_id, s.fy, s.no)
        LEFT JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (s.cooperative_id, s.lot_fy, s.lot_no)
        LEFT JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (s.cooperative_id, s.fy, s.journal_no) AND j.about = 'sale' AND j.document = s.number
        LEFT JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no, e.line_no) = (j.cooperative_id, j.fy, j.no, 1)
        LEFT JOIN lot_movement m ON (m.cooperative_id, m.sale_fy, m.sale_no, m.kind) = (s.cooperative_id, s.fy, s.no, 'sold')
        LEFT JOIN lot_movement b ON (b.cooperative_id, b.sale_fy, b.sale_no, b.kind) = (s.cooperative_id, s.fy, s.no, 'returned')
        WHERE s.no IS NULL OR r.no IS NULL OR (l.grade_code, e.account_code, e.amount_paise, e.buyer_id) IS DISTINCT FROM (s.grade_code, 1210, s.total_paise, s.buyer_id)
           OR (m.lot_fy, m.lot_no, m.grams, m.cost_paise) IS DISTINCT FROM (s.lot_fy, s.lot_no, -s.quantity_grams, -s.cost_paise)
           OR (b.id IS NOT NULL) <> {reversed} OR (b.id IS NOT NULL AND (b.lot_fy, b.lot_no, b.grams, b.cost_paise)
             IS DISTINCT FROM (s.lot_fy, s.lot_no, s.quantity_grams, s.cost_paise)) LIMIT 1""",
    "sold or brought back for no sale": """
        SELECT format('%s/%s', m.cooperative_id, m.id) FROM lot_movement m
        LEFT JOIN sale s ON (s.cooperative_id, s.fy, s.no) = (m.cooperative_id, m.sale_fy, m.sale_no)
        WHERE m.kind IN ('sold', 'returned') AND s.no IS NULL LIMIT 1""",
    "sale, journal and receipt of another moment": """
        SELECT s.number FROM sale s
        LEFT JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (s.cooperative_id, s.fy, 2, s.no)
        LEFT JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (s.cooperative_id, s.fy, s.journal_no)
        LEFT JOIN lot_movement m ON (m.cooperative_id, m.sale_fy, m.sale_no, m.kind) = (s.cooperative_id, s.fy, s.no, 'sold')
        WHERE j.posted_at IS DISTINCT FROM r.issued_at OR j.day IS DISTINCT FROM coop_book_day(s.cooperative_id, s.sold_day, s.posted_at)
           OR s.posted_at IS DISTINCT FROM r.issued_at
           OR m.journal_no IS NOT NULL OR (m.happened_at, m.posted_at, m.fy, m.actor, m.reason, m.about_no)
              IS DISTINCT FROM (s.sold_at, s.posted_at, s.fy, s.sold_by, '', '') LIMIT 1""",
    "reversal's receipt that is not its buyer's": """
        SELECT n.number FROM sale_note n
        JOIN sale s ON (s.cooperative_id, s.fy, s.no) = (n.cooperative_id, n.sale_fy, n.sale_no)
        LEFT JOIN buyer_receipt b ON (b.cooperative_id, b.fy, b.kind, b.no) = (n.cooperative_id, n.fy, 3, n.receipt_no)
        WHERE n.kind = 'reversal' AND b.buyer_id IS DISTINCT FROM s.buyer_id LIMIT 1""",
    "balance of no lot": """
        SELECT format('%s/%s/%s', b.cooperative_id, b.lot_fy, b.lot_no) FROM lot_balance b
        LEFT JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (b.cooperative_id, b.lot_fy, b.lot_no) WHERE l.no IS NULL LIMIT 1""",
    "sale differs from its audit entry": """
        SELECT s.number FROM sale s LEFT JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (s.cooperative_id, s.fy, 2, s.no)
        LEFT JOIN audit_entry a ON a.cooperative_id = s.cooperative_id AND a.fy = s.fy AND a.tag = 'sale:recorded' AND a.about_row = s.fy || '/' || s.no
        WHERE (a.facts LIKE format('%%"paise":%s,"receipt":"%s/%s"%%"sha256":"%s"%%', s.amount_paise, s.fy, s.no, encode(sha256(r.signed), 'hex'))) IS NOT TRUE LIMIT 1""",
    "sale whose sums do not add up": """
        SELECT number FROM sale WHERE amount_paise <> div(quantity_grams::numeric * rate_paise + 500, 1000) OR rate_paise < floor_paise
           OR total_paise <> amount_paise + cgst_paise + sgst_paise + igst_paise + round_off_paise
           OR premium_paise <> div(quantity_grams::numeric * premium_rate_paise + 500, 1000) LIMIT 1""",
    "stock's account differs from what lots lost and sent": """
        WITH books AS (SELECT e.cooperative_id, e.grade_code, sum(e.stock_grams) g, sum(e.amount_paise) c FROM ledger_entry e
            JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (e.cooperative_id, e.fy, e.journal_no)
            WHERE e.account_code = 1310 AND j.about IN ('lot', 'dispatch', 'sale_note') GROUP BY 1, 2),
          gone AS (SELECT s.cooperative_id, s.grade_code, s.quantity_grams g, s.cost_paise c FROM sale s
            JOIN gate_out o ON (o.cooperative_id, o.sale_fy, o.sale_no) = (s.cooperative_id, s.fy, s.no) WHERE NOT {reversed}
            UNION ALL SELECT l.cooperative_id, l.grade_code, b.lost_grams + b.seized_grams, b.lost_paise + b.seized_paise FROM lot_balance b
            JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (b.cooperative_id, b.lot_fy, b.lot_no)),
          sums AS (SELECT cooperative_id, grade_code, sum(g) g, sum(c) c FROM gone GROUP BY 1, 2)
        SELECT format('%s grade %s: books %s g %s paise, lots %s g %s paise', coalesce(x.cooperative_id, y.cooperative_id),
               coalesce(x.grade_code, y.grade_code), x.g, x.c, y.g, y.c)
        FROM books x FULL JOIN sums y ON (y.cooperative_id, y.grade_code) = (x.cooperative_id, x.grade_code)
        WHERE coalesce(x.g, 0) <> -coalesce(y.g, 0) OR coalesce(x.c, 0) <> -coalesce(y.c, 0) LIMIT 1""",
    "stock's account holds less than the lots": """
        WITH held AS (SELECT l.cooperative_id, l.grade_code, b.stock_grams g, b.stock_paise c FROM lot_balance b
            JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (b.cooperative_id, b.lot_fy, b.lot_no)
            UNION ALL SELECT s.cooperative_id, s.grade_code, s.quantity_grams, s.cost_paise FROM sale s
            WHERE NOT {reversed} AND NOT EXISTS (SELECT FROM gate_out o WHERE (o.cooperative_id, o.sale_fy, o.sale_no) = (s.cooperative_id, s.fy, s.no))),
          sums AS (SELECT cooperative_id, grade_code, sum(g) g, sum(c) c FROM held GROUP BY 1, 2)
        SELECT format('%s grade %s: account %s g, lots %s g', y.cooperative_id, y.grade_code, k.stock_grams, y.g) FROM sums y
        LEFT JOIN kept_total k ON (k.cooperative_id, k.account_code, k.member_id, k.grade_code, k.buyer_id) = (y.cooperative_id, 1310, 0, y.grade_code, 0)
        WHERE coalesce(k.stock_grams, 0) < y.g OR coalesce(k.amount_paise, 0) < y.c LIMIT 1""",
    "lot number missing": """
        SELECT format('%s/%s: last %s, rows %s', n.cooperative_id, n.fy, n.last_no, count(l.*)) FROM number_series n
        LEFT JOIN lot l ON (l.cooperative_id, l.fy) = (n.cooperative_id, n.fy) WHERE n.series = 'LOT'
        GROUP BY n.cooperative_id, n.fy, n.last_no HAVING coalesce(max(l.no), 0) <> n.last_no OR count(l.*) <> n.last_no LIMIT 1""",
    "note number missing": """
        SELECT format('%s/%s/%s: last %s, rows %s', n.cooperative_id, n.fy, n.series, n.last_no, count(x.*)) FROM number_series n
        LEFT JOIN sale_note x ON (x.cooperative_id, x.fy, x.series) = (n.cooperative_id, n.fy, left(n.series, 1)) WHERE n.series IN ('CN', 'DN')
        GROUP BY n.cooperative_id, n.fy, n.series, n.last_no HAVING coalesce(max(x.no), 0) <> n.last_no OR count(x.*) <> n.last_no LIMIT 1""",
    "lot or note outside any series": """
        SELECT format('%s/%s', cooperative_id, fy) FROM (SELECT cooperative_id, fy, 'LOT' AS series FROM lot
          UNION SELECT cooperative_id, fy, series || 'N' FROM sale_note) x
        WHERE NOT EXISTS (SELECT FROM number_series n WHERE (n.cooperative_id, n.fy, n.series) = (x.cooperative_id, x.fy, x.series)) LIMIT 1""",
    "note, request, decision and journal do not belong together": """
        SELECT q.id::text FROM sale_note_request q LEFT JOIN sale_note_decision d ON d.request_id = q.id LEFT JOIN sale_note n ON n.request_id = q.id
        LEFT JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (n.cooperative_id, n.fy, n.journal_no) AND j.about = 'sale_note' AND j.document = n.number
        LEFT JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no, e.line_no) = (j.cooperative_id, j.fy, j.no, 1)
        LEFT JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (n.cooperative_id, n.fy, 3, n.receipt_no)
        WHERE coalesce(d.confirmed, false) <> (n.request_id IS NOT NULL) OR (n.request_id IS NOT NULL AND (
          (n.sale_fy, n.sale_no, n.kind) IS DISTINCT FROM (q.sale_fy, q.sale_no, q.kind) OR (n.kind = 'reversal' AND r.no IS NULL)
          OR (e.account_code, e.amount_paise) IS DISTINCT FROM (1210, CASE WHEN n.kind = 'debit' THEN n.total_paise ELSE -n.total_paise END))) LIMIT 1""",
    "sale's receipt says something else than its notes": """
        SELECT s.number FROM sale s JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (s.cooperative_id, s.fy, 2, s.no)
        LEFT JOIN LATERAL (SELECT status FROM receipt_status t WHERE t.sidx = r.sidx ORDER BY t.id DESC LIMIT 1) t ON true
        WHERE coalesce(t.status, 0) <> CASE WHEN {reversed} THEN 1 WHEN EXISTS (SELECT FROM sale_note_request q
          WHERE (q.cooperative_id, q.sale_fy, q.sale_no) = (s.cooperative_id, s.fy, s.no) AND q.kind = 'reversal'
            AND NOT EXISTS (SELECT FROM sale_note_decision d WHERE d.request_id = q.id)) THEN 2 ELSE 0 END LIMIT 1""",
}
# Rows that no entry of the chain tells of; the seals prove the others.
_ACTED: Mapping[AuditTag, str] = {
    AuditTag.LOT_MADE: "SELECT cooperative_id, fy || '/' || no FROM lot",
    AuditTag.CHALLAN_RECORDED: "SELECT cooperative_id, id::text FROM sale_challan",
    AuditTag.GATE_PASSED: "SELECT cooperative_id, sale_fy || '/' || sale_no FROM gate_out",
    AuditTag.WEIGHBRIDGE_READ: "SELECT cooperative_id, sale_fy || '/' || sale_no FROM weighbridge_reading",
    AuditTag.SALE_NOTE_ASKED: "SELECT cooperative_id, id::text FROM sale_note_request",
    AuditTag.SALE_NOTE_DECIDED: "SELECT cooperative_id, request_id::text FROM sale_note_decision",
    AuditTag.GST_REGISTERED: "SELECT cooperative_id, id::text FROM gst_registration",
}
FAULTS: Mapping[str, str] = {
    kind: question.replace("{in_lot}", _IN_LOT).replace("{reversed}", _REVERSED)
    for kind, question in _QUESTIONS.items()
} | {
    f"{rows.rpartition(' ')[2]} without its audit entry": unrecorded(tag, rows)
    for tag, rows in _ACTED.items()
}
