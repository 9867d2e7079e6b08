"""What `coop ledger verify` proves of money received, paid and moved."""

from coop.audit.rules import AuditTag, Seal
from coop.ledger.queries import unrecorded

_LINES = """(SELECT jsonb_agg(jsonb_build_array(e.line_no, e.account_code, e.amount_paise, e.member_id, e.grade_code,
              e.stock_grams, e.buyer_id) ORDER BY e.line_no) FROM ledger_entry e
            WHERE (e.cooperative_id, e.fy, e.journal_no) = ({0})),
           (SELECT jsonb_build_array(j.day, j.about, j.document, j.posted_at) FROM journal j WHERE (j.cooperative_id, j.fy, j.no) = ({0}))"""
# about_row is '<fy>/<series>/<no>'.
_ROW = """{0}.cooperative_id = $1 AND {0}.fy = split_part($2, '/', 1)::integer AND {0}.series = split_part($2, '/', 2)
          AND {0}.no = split_part($2, '/', 3)::bigint"""

MONEY_SEALS = (
    Seal(
        AuditTag.MONEY_RECORDED,
        f"""SELECT jsonb_build_array(v.kind, v.mode, v.member_id, v.buyer_id, v.amount_paise, v.on_day, v.against, v.reference,
                   v.words, v.journal_no, v.operation_id, encode(v.content, 'hex'), v.recorded_by, v.recorded_role,
                   v.recorded_at AT TIME ZONE 'UTC', {_LINES.format("v.cooperative_id, v.fy, v.journal_no")})::text
            FROM voucher v WHERE {_ROW.format("v")}""",  # noqa: S608  (constants of ours)
    ),
    Seal(
        AuditTag.MONEY_REVERSED,
        f"""SELECT jsonb_build_array(r.reason, r.words, r.journal_fy, r.journal_no, r.operation_id, r.recorded_by, r.reversed_by,
                   r.reversed_role, r.reversed_at AT TIME ZONE 'UTC',
                   {_LINES.format("r.cooperative_id, r.journal_fy, r.journal_no")})::text
            FROM voucher_reversal r WHERE {_ROW.format("r")}""",  # noqa: S608  (constants of ours)
    ),
    Seal(  # about_row is '<member row>/<no>'
        AuditTag.PASSBOOK_PRINTED,
        """SELECT jsonb_build_array(p.after_fy, p.after_journal, p.upto_fy, p.upto_journal, p.balance_paise, p.operation_id,
                  p.printed_by, p.printed_role, p.printed_at AT TIME ZONE 'UTC')::text
           FROM passbook_print p WHERE p.cooperative_id = $1 AND p.member_id = split_part($2, '/', 1)::bigint
             AND p.no = split_part($2, '/', 2)::integer""",
    ),
)
SEAL_OF = {seal.tag: seal for seal in MONEY_SEALS}

_SUMS = """(SELECT cooperative_id, fy, journal_no, count(*) AS n,
              coalesce(sum(amount_paise) FILTER (WHERE account_code = 1010), 0) AS cash,
              coalesce(sum(amount_paise) FILTER (WHERE account_code = 1110), 0) AS bank,
              coalesce(sum(amount_paise) FILTER (WHERE account_code = 1210), 0) AS owed,
              coalesce(sum(amount_paise) FILTER (WHERE account_code = 2110), 0) AS due,
              max(member_id) AS member_id, max(buyer_id) AS buyer_id FROM ledger_entry GROUP BY 1, 2, 3)"""
_MEANT = """(CASE WHEN {0}.kind = 'received' AND {0}.mode = 'cash' THEN 1 WHEN {0}.kind = 'paid' AND {0}.mode = 'cash' THEN -1
              WHEN {0}.kind = 'to_bank' THEN -1 WHEN {0}.kind = 'from_bank' THEN 1 ELSE 0 END * {0}.amount_paise,
             CASE WHEN {0}.kind = 'received' AND {0}.mode <> 'cash' THEN 1 WHEN {0}.kind = 'paid' AND {0}.mode <> 'cash' THEN -1
              WHEN {0}.kind = 'to_bank' THEN 1 WHEN {0}.kind = 'from_bank' THEN -1 ELSE 0 END * {0}.amount_paise,
             CASE WHEN {0}.kind = 'received' THEN -{0}.amount_paise ELSE 0 END,
             CASE WHEN {0}.kind = 'paid' THEN {0}.amount_paise ELSE 0 END)"""
_DOCUMENT = """format('%s-%s-%s%s', c.code, lpad((v.fy / 100)::text, 2, '0'), v.series, lpad(v.no::text, greatest(5, length(v.no::text)), '0'))"""

MONEY_FAULTS = {
    "voucher and its journal do not belong together": f"""
        SELECT format('%s/%s/%s%s', v.cooperative_id, v.fy, v.series, v.no) FROM voucher v
        LEFT JOIN cooperative c ON c.id = v.cooperative_id
        LEFT JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (v.cooperative_id, v.fy, v.journal_no)
             AND j.about = 'money' AND j.day = coop_book_day(v.cooperative_id, v.on_day, j.posted_at) AND j.document = {_DOCUMENT}
        LEFT JOIN {_SUMS} e ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)
        WHERE ((e.n, e.cash, e.bank, e.owed, e.due) = (2, {_MEANT.format("v")[1:-1]})
               AND (e.member_id, e.buyer_id) = (v.member_id, v.buyer_id)) IS NOT TRUE LIMIT 1""",  # noqa: S608  (constants of ours)
    "voucher taken back and its journal do not belong together": f"""
        SELECT format('%s/%s/%s%s', r.cooperative_id, r.fy, r.series, r.no) FROM voucher_reversal r
        LEFT JOIN voucher v ON (v.cooperative_id, v.fy, v.series, v.no) = (r.cooperative_id, r.fy, r.series, r.no)
             AND v.recorded_by = r.recorded_by
        LEFT JOIN cooperative c ON c.id = v.cooperative_id
        LEFT JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (r.cooperative_id, r.journal_fy, r.journal_no)
             AND j.about = 'money back' AND j.document = {_DOCUMENT}
        LEFT JOIN {_SUMS} e ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)
        WHERE ((e.n, -e.cash, -e.bank, -e.owed, -e.due) = (2, {_MEANT.format("v")[1:-1]})
               AND (e.member_id, e.buyer_id) = (v.member_id, v.buyer_id) AND r.reversed_by <> r.recorded_by) IS NOT TRUE LIMIT 1""",  # noqa: S608  (constants of ours)
    "voucher number missing": """
        SELECT format('%s/%s/%s: last %s, highest %s, rows %s', n.cooperative_id, n.fy, n.series, n.last_no, max(v.no), count(v.*))
        FROM number_series n LEFT JOIN voucher v ON (v.cooperative_id, v.fy, v.series) = (n.cooperative_id, n.fy, n.series)
        WHERE n.series IN ('M', 'V', 'K') GROUP BY n.cooperative_id, n.fy, n.series, n.last_no
        HAVING coalesce(max(v.no), 0) <> n.last_no OR count(v.*) <> n.last_no LIMIT 1""",
    "voucher outside any series": """
        SELECT format('%s/%s/%s%s', v.cooperative_id, v.fy, v.series, v.no) FROM voucher v WHERE NOT EXISTS (SELECT FROM number_series n
          WHERE (n.cooperative_id, n.fy, n.series) = (v.cooperative_id, v.fy, v.series)) LIMIT 1""",
    "voucher without its audit entry": unrecorded(
        AuditTag.MONEY_RECORDED,
        "SELECT cooperative_id, fy || '/' || series || '/' || no FROM voucher",
    ),
    "voucher taken back without its audit entry": unrecorded(
        AuditTag.MONEY_REVERSED,
        "SELECT cooperative_id, fy || '/' || series || '/' || no FROM voucher_reversal",
    ),
    "print of a passbook without its audit entry": unrecorded(
        AuditTag.PASSBOOK_PRINTED,
        "SELECT cooperative_id, member_id || '/' || no FROM passbook_print",
    ),
    "print of a passbook differs from the books": """
        SELECT format('%s/%s/%s', p.cooperative_id, p.member_id, p.no) FROM passbook_print p
        WHERE p.balance_paise <> (SELECT coalesce(-sum(e.amount_paise), 0) FROM ledger_entry e
              WHERE e.cooperative_id = p.cooperative_id AND e.member_id = p.member_id AND e.account_code = 2110
                AND (e.fy, e.journal_no) <= (p.upto_fy, p.upto_journal))
           OR (p.after_fy, p.after_journal) <> coalesce((SELECT (x.upto_fy, x.upto_journal) FROM passbook_print x
              WHERE x.cooperative_id = p.cooperative_id AND x.member_id = p.member_id AND x.no = p.no - 1), (0, 0::bigint)) LIMIT 1""",
    "journal of money without its voucher": """
        SELECT format('%s/%s/%s', j.cooperative_id, j.fy, j.no) FROM journal j
        WHERE (j.about = 'money' AND NOT EXISTS (SELECT FROM voucher v WHERE (v.cooperative_id, v.fy, v.journal_no) = (j.cooperative_id, j.fy, j.no)))
           OR (j.about = 'money back' AND NOT EXISTS (SELECT FROM voucher_reversal r
                WHERE (r.cooperative_id, r.journal_fy, r.journal_no) = (j.cooperative_id, j.fy, j.no))) LIMIT 1""",
}
