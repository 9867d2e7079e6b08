"""What `coop ledger verify` proves of weighings taken back and of entries that waited."""

from coop.audit.rules import AuditTag, Seal
from coop.ledger.queries import unrecorded

_YEAR_AND_NO = "split_part($2, '/', 1)::integer AND {0}.no = split_part($2, '/', 2)::bigint"

# The rows of each act, every column named.
REVERSAL_SEALS = (
    Seal(
        AuditTag.REVERSAL_ASKED,
        """SELECT jsonb_build_array(id, operation_id, encode(content, 'hex'), fy, weighing_no, reason, words, cash_back_paise,
                  corrected, asked_by, asked_role, asked_at AT TIME ZONE 'UTC')::text
           FROM reversal_request WHERE cooperative_id = $1 AND id = $2::text::bigint""",
    ),
    Seal(
        AuditTag.REVERSAL_DECIDED,
        """SELECT jsonb_build_array(request_id, operation_id, outcome, words, asked_by, decided_by, decided_role,
                  decided_at AT TIME ZONE 'UTC')::text
           FROM reversal_decision WHERE cooperative_id = $1 AND request_id = $2::text::bigint""",
    ),
    Seal(
        AuditTag.WEIGHING_REVERSED,
        f"""SELECT jsonb_build_array(v.weighing_fy, v.weighing_no, v.reason, v.request_id, v.journal_no, v.cash_back_paise,
                   v.replaced_fy, v.replaced_no, v.user_id, v.device_id, v.reversed_at AT TIME ZONE 'UTC',
                   encode(r.cti, 'hex'), r.sidx, encode(sha256(r.signed), 'hex'),
                   (SELECT jsonb_agg(jsonb_build_array(e.line_no, e.account_code, e.amount_paise, e.member_id, e.grade_code,
                      e.stock_grams, e.buyer_id) ORDER BY e.line_no) FROM ledger_entry e
                    WHERE (e.cooperative_id, e.fy, e.journal_no) = (v.cooperative_id, v.fy, v.journal_no)),
                   (SELECT jsonb_build_array(j.day, j.about, j.document, j.posted_at) FROM journal j
                    WHERE (j.cooperative_id, j.fy, j.no) = (v.cooperative_id, v.fy, v.journal_no)))::text
            FROM weighing_reversal v JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (v.cooperative_id, v.fy, 3, v.no)
            WHERE v.cooperative_id = $1 AND v.fy = {_YEAR_AND_NO.format("v")}""",  # noqa: S608  (a constant of ours)
    ),
    Seal(
        AuditTag.ENTRY_WAITS,
        """SELECT jsonb_build_array(entry_id, encode(content, 'hex'), kept, clerk_id, device_id, came_at AT TIME ZONE 'UTC')::text
           FROM waiting_entry WHERE cooperative_id = $1 AND entry_id = $2::text::uuid""",
    ),
    Seal(
        AuditTag.ENTRY_DECIDED,
        """SELECT jsonb_build_array(entry_id, outcome, decided_by, decided_role, decided_at AT TIME ZONE 'UTC', weighing_fy, weighing_no)::text
           FROM waiting_entry_decision WHERE cooperative_id = $1 AND entry_id = $2::text::uuid""",
    ),
)

SEAL_OF = {seal.tag: seal for seal in REVERSAL_SEALS}

REVERSAL_FAULTS = {
    "reversal, its receipt, its journal and its weighing do not belong together": """
        SELECT format('%s/%s/%s', v.cooperative_id, v.fy, v.no)
        FROM weighing_reversal v
        LEFT JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (v.cooperative_id, v.weighing_fy, v.weighing_no)
        LEFT JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (v.cooperative_id, v.fy, 3, v.no)
        LEFT JOIN cooperative c ON c.id = v.cooperative_id
        LEFT JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (v.cooperative_id, v.fy, v.journal_no) AND j.about = 'weighing back'
             AND j.document = format('%s-%s-R%s', c.code, lpad((v.fy / 100)::text, 2, '0'), lpad(v.no::text, greatest(5, length(v.no::text)), '0'))
        LEFT JOIN (SELECT cooperative_id, fy, journal_no, count(*) AS n,
                     coalesce(sum(amount_paise) FILTER (WHERE account_code = 1310), 0) AS stock,
                     coalesce(sum(stock_grams) FILTER (WHERE account_code = 1310), 0) AS grams,
                     coalesce(sum(amount_paise) FILTER (WHERE account_code = 2110), 0) AS due,
                     coalesce(sum(amount_paise) FILTER (WHERE account_code = 1010), 0) AS cash,
                     min(member_id) FILTER (WHERE account_code = 2110) AS one_member, max(member_id) AS member, max(grade_code) AS grade
                   FROM ledger_entry GROUP BY 1, 2, 3) e
             ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)
        WHERE (w.no IS NOT NULL AND r.no IS NOT NULL AND j.no IS NOT NULL
          AND (v.cash_back_paise = 0 OR (v.cash_back_paise = w.amount_paise AND w.paid_mode = 'cash'))
          AND e.n = CASE WHEN v.cash_back_paise = 0 THEN 2 ELSE 4 END
          AND (e.stock, e.grams, e.due, e.cash) = (-w.amount_paise, -w.payable_grams, w.amount_paise - v.cash_back_paise, v.cash_back_paise)
          AND (e.one_member, e.member, e.grade) = (w.member_id, w.member_id, w.grade_code)) IS NOT TRUE LIMIT 1""",
    "state of a receipt is not what was decided on its weighing": """
        WITH said AS (SELECT s.sidx, s.cooperative_id, (array_agg(s.status ORDER BY s.id DESC))[1] AS status FROM receipt_status s
                      JOIN receipt r ON r.sidx = s.sidx AND r.kind = 1 GROUP BY 1, 2),
             meant AS (SELECT r.sidx, x.cooperative_id, x.status FROM weighing_state x
                       JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (x.cooperative_id, x.fy, 1, x.no))
        SELECT format('%s place %s: listed %s, decided %s', coalesce(s.cooperative_id, m.cooperative_id), coalesce(s.sidx, m.sidx), s.status, m.status)
        FROM said s FULL JOIN meant m ON (m.sidx, m.cooperative_id) = (s.sidx, s.cooperative_id)
        WHERE s.status IS DISTINCT FROM m.status LIMIT 1""",
    "confirmed request and reversal do not belong together": """
        SELECT format('%s request %s', coalesce(q.cooperative_id, v.cooperative_id), coalesce(q.id, v.request_id))
        FROM (SELECT q.*, d.decided_by, d.asked_by AS asker FROM reversal_request q JOIN reversal_decision d ON d.request_id = q.id
              WHERE d.outcome = 'confirmed') q
        FULL JOIN (SELECT * FROM weighing_reversal WHERE reason <> 'undo') v ON v.request_id = q.id
        WHERE ((q.cooperative_id, q.fy, q.weighing_no, q.reason, q.cash_back_paise, q.corrected <> '', q.decided_by, q.asked_by)
               = (v.cooperative_id, v.weighing_fy, v.weighing_no, v.reason, v.cash_back_paise, v.replaced_no IS NOT NULL, v.user_id, q.asker)
               AND q.decided_by <> q.asked_by) IS NOT TRUE LIMIT 1""",
    "journal of a reversal without its reversal": """
        SELECT format('%s/%s/%s', j.cooperative_id, j.fy, j.no) FROM journal j WHERE j.about = 'weighing back'
          AND NOT EXISTS (SELECT FROM weighing_reversal v WHERE (v.cooperative_id, v.fy, v.journal_no) = (j.cooperative_id, j.fy, j.no)) LIMIT 1""",
    "undo too late or by somebody else": """
        SELECT format('%s/%s/%s', v.cooperative_id, v.fy, v.no) FROM weighing_reversal v
        JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (v.cooperative_id, v.weighing_fy, v.weighing_no)
        WHERE v.reason = 'undo' AND (v.reversed_at < w.posted_at OR (v.user_id = w.clerk_id OR v.device_id = w.device_id) IS NOT TRUE) LIMIT 1""",
    "entry that waited and its weighing do not belong together": """
        SELECT format('%s entry %s', d.cooperative_id, d.entry_id) FROM waiting_entry_decision d
        LEFT JOIN waiting_entry e ON (e.cooperative_id, e.entry_id) = (d.cooperative_id, d.entry_id)
        LEFT JOIN desk_entry b ON (b.entry_id, b.cooperative_id, b.fy, b.weighing_no) = (d.entry_id, d.cooperative_id, d.weighing_fy, d.weighing_no)
        WHERE e.entry_id IS NULL OR (d.outcome = 'confirmed' AND b.entry_id IS NULL) LIMIT 1""",
    "request without its audit entry": unrecorded(
        AuditTag.REVERSAL_ASKED, "SELECT cooperative_id, id::text FROM reversal_request"
    ),
    "decision without its audit entry": unrecorded(
        AuditTag.REVERSAL_DECIDED, "SELECT cooperative_id, request_id::text FROM reversal_decision"
    ),
    "reversal without its audit entry": unrecorded(
        AuditTag.WEIGHING_REVERSED,
        "SELECT cooperative_id, fy || '/' || no FROM weighing_reversal",
    ),
    "waiting entry without its audit entry": unrecorded(
        AuditTag.ENTRY_WAITS, "SELECT cooperative_id, entry_id::text FROM waiting_entry"
    ),
    "decided entry without its audit entry": unrecorded(
        AuditTag.ENTRY_DECIDED, "SELECT cooperative_id, entry_id::text FROM waiting_entry_decision"
    ),
}
