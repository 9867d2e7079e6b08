"""Whether notices are what was published; for `coop ledger verify`, run as the owner.

Each question gives text about the first fault, or no row.
"""

from coop.audit.rules import AuditTag, Seal

# Times as seconds of the epoch, which no setting of the server shows otherwise.
NOTICE_SEAL = Seal(
    AuditTag.NOTICE_PUBLISHED,
    """SELECT x.body FROM (
         SELECT 1 AS kind, 0::bigint AS a, '' AS b, 0 AS c, jsonb_build_array(n.notice_no, n.part, n.authority_hi, n.link,
                n.consultation, n.no_consultation_reason, n.no_components_reason, n.published_as, n.operation_id,
                encode(n.content_sha256, 'hex'))::text AS body
         FROM price_notice n WHERE n.id::text = $2
         UNION ALL
         SELECT 2, l.id, '', 0, jsonb_build_array(l.notice_no, extract(epoch FROM l.published_at), extract(epoch FROM l.effective_from),
                extract(epoch FROM l.effective_to), l.district_lgd, l.grade_code, l.picker_floor_paise, l.buyer_floor_paise,
                l.premium_paise, l.authority, l.reference, l.supersedes)::text
         FROM price_notice_line l WHERE l.notice_id::text = $2
         UNION ALL
         SELECT 3, c.line_id, c.of_floor, c.place, jsonb_build_array(c.line_id, c.of_floor, c.place, c.name, c.paise)::text
         FROM price_component c JOIN price_notice_line l ON l.id = c.line_id WHERE l.notice_id::text = $2
         UNION ALL
         SELECT 4, 0, '', 0, jsonb_build_array(k.held_on, k.place, k.men, k.women, k.under_18, k.aged_18_35, k.aged_36_59,
                k.aged_60_up, k.said, k.changed)::text
         FROM price_consultation k WHERE k.notice_id::text = $2) x
       WHERE $1::bigint IS NULL ORDER BY x.kind, x.a, x.b COLLATE "C", x.c""",
)

# The rule of ``coop.prices.rules.periods`` said once more in SQL: at each border the line that holds.
_HOLDING = """
        WITH line AS (SELECT l.*, greatest(l.effective_from, l.published_at) AS begins,
                             coalesce(l.effective_to, 'infinity') AS ends FROM price_notice_line l),
        border AS (SELECT DISTINCT district_lgd, grade_code, v.at FROM line, LATERAL (VALUES (begins), (ends)) v (at)),
        wanted AS (
          SELECT b.*, (SELECT l.id FROM line l WHERE (l.district_lgd, l.grade_code) = (b.district_lgd, b.grade_code)
                         AND l.begins <= b.at AND b.at < l.ends
                         AND NOT EXISTS (SELECT FROM line x WHERE (x.district_lgd, x.grade_code) = (b.district_lgd, b.grade_code)
                               AND x.supersedes = l.notice_no AND x.begins <= b.at AND x.begins < x.ends)
                       ORDER BY l.effective_from DESC, l.published_at DESC, l.notice_no COLLATE "C" DESC LIMIT 1) AS line_id
          FROM border b WHERE b.at < 'infinity')
        SELECT format('district %s grade %s from %s: line %s, notices say %s', w.district_lgd, w.grade_code, w.at, p.line_id, w.line_id)
        FROM wanted w LEFT JOIN price_period p ON (p.district_lgd, p.grade_code) = (w.district_lgd, w.grade_code) AND p.during @> w.at
        WHERE p.line_id IS DISTINCT FROM w.line_id LIMIT 1"""

FAULTS = {
    "price notice without its audit entry": """
        SELECT format('%s part %s', n.notice_no, n.part) FROM price_notice n WHERE NOT EXISTS (
          SELECT FROM audit_entry a WHERE a.tag = 'notice:published' AND a.chain = 'AGENCY' AND (
            (a.about_table = 'price_notice' AND a.about_row = n.id::text)
            OR (a.about_table = 'price_notice_line' AND a.about_row = n.notice_no AND n.part = 1))) LIMIT 1""",
    "line of a price notice under another number": """
        SELECT format('line %s: %s, its notice %s', l.id, l.notice_no, n.notice_no) FROM price_notice_line l
        LEFT JOIN price_notice n ON n.id = l.notice_id WHERE n.notice_no IS DISTINCT FROM l.notice_no LIMIT 1""",
    "consultation that a notice does not tell of": """
        SELECT n.notice_no FROM price_notice n FULL JOIN price_consultation k ON k.notice_id = n.id
        WHERE (n.consultation = 'held') IS DISTINCT FROM (k.notice_id IS NOT NULL) LIMIT 1""",
    "parts of a floor do not come to it": """
        SELECT format('%s district %s grade %s: %s', l.notice_no, l.district_lgd, l.grade_code, c.of_floor)
        FROM price_component c LEFT JOIN price_notice_line l ON l.id = c.line_id
        GROUP BY l.id, l.notice_no, l.district_lgd, l.grade_code, c.of_floor, l.picker_floor_paise, l.buyer_floor_paise
        HAVING sum(c.paise) IS DISTINCT FROM CASE c.of_floor WHEN 'picker' THEN l.picker_floor_paise ELSE l.buyer_floor_paise END LIMIT 1""",
    "floor in force differs from the notices": _HOLDING,
    "period of a floor begins or ends at no notice's time": """
        WITH border AS (
          SELECT district_lgd, grade_code, greatest(effective_from, published_at) AS at FROM price_notice_line
          UNION SELECT district_lgd, grade_code, coalesce(effective_to, 'infinity') FROM price_notice_line)
        SELECT format('district %s grade %s: %s', p.district_lgd, p.grade_code, p.during) FROM price_period p
        WHERE (SELECT count(*) FROM border b WHERE (b.district_lgd, b.grade_code) = (p.district_lgd, p.grade_code)
                AND b.at IN (lower(p.during), coalesce(upper(p.during), 'infinity'))) <> 2 LIMIT 1""",
}
