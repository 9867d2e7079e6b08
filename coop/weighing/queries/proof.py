"""Whether weighings are what was posted; for `coop ledger verify`, run as the owner.

Each question gives text about the first fault, or no row.
"""

# The text of ``coop.weighing.rules.digest``, from the row as it stands.
_ROW = """concat(w.fy, '|', w.no, '|', w.member_id, '|', w.site_id, '|', w.grade_code, '|', w.price_line_id, '|', w.centre_id,
  '|', w.device_id, '|', w.device_seq, '|', w.clerk_id, '|', w.paper_no, '|', w.gross_grams, '|', w.tare_grams, '|', w.payable_grams,
  '|', w.moisture_hundredths, '|', w.waste_hundredths, '|', w.rate_paise, '|', w.floor_paise, '|', w.amount_paise, '|', w.paid_mode,
  '|', (extract(epoch FROM w.weighed_at) * 1000000)::bigint, '|', w.weighed_day - date '1970-01-01',
  '|', (extract(epoch FROM w.posted_at) * 1000000)::bigint, '|', w.flags, '|', d.entry_id, '|', encode(d.content, 'hex'))"""

_DIFFERS = """
        SELECT format('%s/%s/%s', w.cooperative_id, w.fy, w.no) FROM weighing w
        LEFT JOIN desk_entry d ON (d.cooperative_id, d.fy, d.weighing_no) = (w.cooperative_id, w.fy, w.no)
        LEFT JOIN audit_entry a ON a.cooperative_id = w.cooperative_id AND a.fy = w.fy AND a.tag = 'weighing:posted'
             AND a.about_row = w.fy || '/' || w.no
        WHERE (a.facts LIKE '%%"row_sha256":"' || encode(sha256(convert_to(ROW, 'UTF8')), 'hex') || '"%%') IS NOT TRUE LIMIT 1"""

FAULTS = {
    "weighing differs from its audit entry": _DIFFERS.replace("ROW", _ROW),
    "weighing, journal and receipt of another moment": """
        SELECT format('%s/%s/%s', w.cooperative_id, w.fy, w.no) FROM weighing w
        LEFT JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (w.cooperative_id, w.fy, 1, w.no)
        LEFT JOIN cooperative c ON c.id = w.cooperative_id
        LEFT JOIN journal j ON j.cooperative_id = w.cooperative_id AND j.fy = w.fy AND j.about = 'weighing'
             AND j.document = format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0'))
        LEFT JOIN audit_entry a ON a.cooperative_id = w.cooperative_id AND a.fy = w.fy AND a.tag = 'weighing:posted'
             AND a.about_row = w.fy || '/' || w.no
        WHERE (a.facts LIKE '%"journal":' || j.no || ',%') IS NOT TRUE
           OR r.issued_at IS DISTINCT FROM w.posted_at OR j.posted_at IS DISTINCT FROM w.posted_at
           OR j.day IS DISTINCT FROM coop_book_day(w.cooperative_id, w.weighed_day, w.posted_at) LIMIT 1""",
    "journal of a weighing has other lines": """
        WITH j AS (SELECT w.*, j.no AS journal_no FROM weighing w JOIN cooperative c ON c.id = w.cooperative_id
          JOIN journal j ON j.cooperative_id = w.cooperative_id AND j.fy = w.fy AND j.about = 'weighing'
          AND j.document = format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0'))),
        wanted AS (
          SELECT cooperative_id, fy, journal_no, 1::smallint AS line_no, 1310 AS account, amount_paise AS paise, 0::bigint AS member, grade_code AS grade, payable_grams AS grams FROM j
          UNION ALL SELECT cooperative_id, fy, journal_no, 2, 2110, -amount_paise, member_id, 0, 0 FROM j
          UNION ALL SELECT cooperative_id, fy, journal_no, 3, 2110, amount_paise, member_id, 0, 0 FROM j WHERE paid_mode = 'cash'
          UNION ALL SELECT cooperative_id, fy, journal_no, 4, 1010, -amount_paise, 0, 0, 0 FROM j WHERE paid_mode = 'cash'),
        stands AS (SELECT e.* FROM ledger_entry e JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (e.cooperative_id, e.fy, e.journal_no) WHERE j.about = 'weighing')
        SELECT format('%s/%s/%s line %s', coalesce(s.cooperative_id, x.cooperative_id), coalesce(s.fy, x.fy), coalesce(s.journal_no, x.journal_no), coalesce(s.line_no, x.line_no))
        FROM wanted x FULL JOIN stands s ON (s.cooperative_id, s.fy, s.journal_no, s.line_no) = (x.cooperative_id, x.fy, x.journal_no, x.line_no)
        WHERE (s.account_code, s.amount_paise, s.member_id, s.grade_code, s.stock_grams, s.buyer_id)
              IS DISTINCT FROM (x.account, x.paise, x.member, x.grade, x.grams, 0::bigint) LIMIT 1""",
    "entry of an audit chain under another cooperative or year": """
        SELECT format('%s %s', a.chain, a.seq) FROM audit_entry a LEFT JOIN audit_head h ON h.chain = a.chain
        WHERE a.cooperative_id IS DISTINCT FROM h.cooperative_id
           OR a.fy <> (SELECT 100 * y + (y + 1) % 100 FROM (SELECT ((extract(year FROM t) - CASE WHEN extract(month FROM t) < 4 THEN 1 ELSE 0 END)::integer % 100) AS y
                       FROM (SELECT a.at AT TIME ZONE 'Asia/Kolkata' AS t) q) z) LIMIT 1""",
}
