"""Whether rows of livelihoods are what was recorded; for `coop ledger verify`, run as the owner."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

BENCHMARK_SEAL = Seal(
    AuditTag.BENCHMARK_RECORDED,
    """SELECT jsonb_build_array(id, kind, name_en, name_hi, area, state_lgd, amount_paise, per, household_hundredths, holds_from, proxy,
              source, verified, recorded_by, recorded_at)::text
       FROM income_benchmark WHERE $1::bigint IS NULL AND id = $2::text::bigint""",
)
CONSENT_SEAL = Seal(
    AuditTag.INCOME_CONSENT_RECORDED,
    """SELECT jsonb_build_array(id, household_id, given, how, given_on, recorded_by, recorded_at)::text
       FROM income_consent WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
KIT_SEAL = Seal(
    AuditTag.KIT_MOVED,
    """SELECT jsonb_build_array(id, item_code, kind, pieces, member_id, on_day, note, recorded_by, recorded_at)::text
       FROM kit_move WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
TRAINING_SEAL = Seal(
    AuditTag.TRAINING_HELD,
    """SELECT jsonb_build_array(t.id, t.topic, t.held_on, t.place, t.trainer, t.minutes, t.recorded_by, t.recorded_at,
              (SELECT jsonb_agg(m.member_id ORDER BY m.member_id) FROM training_member m WHERE m.training_id = t.id))::text
       FROM training t WHERE t.cooperative_id = $1 AND t.id = $2::text::bigint""",
)
LINK_SEAL = Seal(
    AuditTag.LIVELIHOOD_STEPPED,
    """SELECT jsonb_build_array(e.id, e.seq, e.state, e.on_day, e.monthly_paise, e.reason, e.note, e.recorded_by, e.recorded_at,
              l.id, l.household_id, l.programme, l.words, l.opened_at)::text
       FROM livelihood_link_event e JOIN livelihood_link l ON l.id = e.link_id
       WHERE e.cooperative_id = $1 AND e.id = $2::text::bigint""",
)
PLAN_SEAL = Seal(
    AuditTag.FUND_PLANNED,
    """SELECT jsonb_build_array(id, fy, no, purpose, title_hi, title_en, planned_paise, resolution_no, resolved_on, recorded_by, recorded_at)::text
       FROM fund_plan WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
_SPENT = "cooperative_id = $1 AND fy::text = split_part($2, '/', 1) AND no::text = split_part($2, '/', 2)"
SPENDING_SEAL = Seal(
    AuditTag.FUND_SPENT,
    f"""SELECT jsonb_build_array(fy, no, plan_id, amount_paise, mode, on_day, paid_to, bill_no, journal_no, recorded_by, recorded_role, recorded_at)::text
        FROM fund_spending WHERE {_SPENT}""",  # noqa: S608  # our own words
)
REVERSAL_SEAL = Seal(
    AuditTag.FUND_SPENDING_REVERSED,
    f"""SELECT jsonb_build_array(fy, no, words, journal_fy, journal_no, recorded_by, reversed_by, reversed_role, reversed_at)::text
        FROM fund_spending_reversal WHERE {_SPENT}""",  # noqa: S608  # our own words
)
OUTCOME_SEAL = Seal(
    AuditTag.FUND_OUTCOME_PUBLISHED,
    """SELECT jsonb_build_array(plan_id, people, words_hi, words_en, published_on, recorded_by, recorded_at)::text
       FROM fund_outcome WHERE cooperative_id = $1 AND plan_id = $2::text::bigint""",
)
LIVELIHOOD_SEALS = (
    BENCHMARK_SEAL,
    CONSENT_SEAL,
    KIT_SEAL,
    TRAINING_SEAL,
    LINK_SEAL,
    PLAN_SEAL,
    SPENDING_SEAL,
    REVERSAL_SEAL,
    OUTCOME_SEAL,
)


def _unrecorded(table: str, tag: str, row: str = "r.id::text") -> str:
    """The first row that no entry of the chain is about."""
    return f"""
        SELECT {row} FROM {table} r WHERE NOT EXISTS (
          SELECT FROM audit_entry e WHERE e.tag = '{tag}' AND e.cooperative_id = r.cooperative_id AND e.about_row = {row}) LIMIT 1"""  # noqa: S608  # our own words


_FY_NO = "format('%s/%s', r.fy, r.no)"
LIVELIHOOD_FAULTS: Mapping[str, str] = {
    "a benchmark that no entry records": """
        SELECT r.id::text FROM income_benchmark r WHERE r.recorded_by <> 'migration' AND NOT EXISTS (
          SELECT FROM audit_entry e WHERE e.tag = 'benchmark:recorded' AND e.chain = 'AGENCY' AND e.about_row = r.id::text) LIMIT 1""",
    "an agreement about income that no entry records": _unrecorded(
        "income_consent", "income_consent:recorded"
    ),
    "an income that no entry records": _unrecorded("other_income", "income:told"),
    "an income that is not the one told": """
        SELECT r.id::text FROM other_income r JOIN audit_entry e ON e.tag = 'income:told'
          AND e.cooperative_id = r.cooperative_id AND e.about_row = r.id::text
        WHERE e.facts::json ->> 'value_sha256' <> encode(sha256(r.salt || convert_to(format('%s-%s', r.low_paise, r.high_paise), 'UTF8')), 'hex')
           OR e.facts::json ->> 'source' <> r.source OR (e.facts::json ->> 'household')::bigint <> r.household_id LIMIT 1""",
    "kit that no entry records": _unrecorded("kit_move", "kit:moved"),
    "a training that no entry records": _unrecorded("training", "training:held"),
    "a step of a livelihood that no entry records": _unrecorded(
        "livelihood_link_event", "livelihood:stepped"
    ),
    "a plan of the fund that no entry records": _unrecorded("fund_plan", "fund:planned"),
    "a spending of the fund that no entry records": _unrecorded(
        "fund_spending", "fund:spent", _FY_NO
    ),
    "a spending taken back that no entry records": _unrecorded(
        "fund_spending_reversal", "fund:spending_reversed", _FY_NO
    ),
    "an outcome of the fund that no entry records": _unrecorded(
        "fund_outcome", "fund:outcome_published", "r.plan_id::text"
    ),
    "a spending of the fund that its journal does not book": """
        SELECT format('%s/%s/%s', s.cooperative_id, s.fy, s.no) FROM fund_spending s WHERE NOT EXISTS (
          SELECT FROM ledger_entry e WHERE (e.cooperative_id, e.fy, e.journal_no) = (s.cooperative_id, s.fy, s.journal_no)
            AND e.account_code = 3110 AND e.amount_paise = s.amount_paise) LIMIT 1""",
    "a spending taken back that no journal turns round": """
        SELECT format('%s/%s/%s', s.cooperative_id, s.fy, s.no) FROM fund_spending_reversal r JOIN fund_spending s USING (cooperative_id, fy, no)
        WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE (e.cooperative_id, e.fy, e.journal_no) = (r.cooperative_id, r.journal_fy, r.journal_no)
            AND e.account_code = 3110 AND e.amount_paise = -s.amount_paise) LIMIT 1""",
    "money of the common fund that went out without a spending": """
        SELECT format('%s/%s/%s', j.cooperative_id, j.fy, j.no) FROM journal j WHERE j.about IN ('fund', 'fund taken back')
          AND NOT EXISTS (SELECT FROM fund_spending s WHERE (s.cooperative_id, s.fy, s.journal_no) = (j.cooperative_id, j.fy, j.no))
          AND NOT EXISTS (SELECT FROM fund_spending_reversal r WHERE (r.cooperative_id, r.journal_fy, r.journal_no) = (j.cooperative_id, j.fy, j.no)) LIMIT 1""",
    "more spent for a plan than was planned": """
        SELECT p.id::text FROM fund_plan p WHERE p.planned_paise < (SELECT coalesce(sum(s.amount_paise), 0) FROM fund_spending s
          WHERE s.plan_id = p.id AND NOT EXISTS (SELECT FROM fund_spending_reversal r WHERE (r.cooperative_id, r.fy, r.no) = (s.cooperative_id, s.fy, s.no))) LIMIT 1""",
    "a link without its first step, or with a gap": """
        SELECT l.id::text FROM livelihood_link l WHERE (SELECT max(e.seq) IS DISTINCT FROM count(*) OR count(*) = 0
          FROM livelihood_link_event e WHERE e.link_id = l.id) LIMIT 1""",
    "a plan or spending whose series of numbers is gone": """
        SELECT format('%s/%s/%s', r.cooperative_id, r.fy, r.series)
        FROM (SELECT cooperative_id, fy, 'P' AS series FROM fund_plan UNION SELECT cooperative_id, fy, 'F' FROM fund_spending) r
        WHERE NOT EXISTS (SELECT FROM number_series s WHERE (s.cooperative_id, s.fy, s.series) = (r.cooperative_id, r.fy, r.series)) LIMIT 1""",
    "a number of a plan or spending that is left out": """
        SELECT format('%s/%s/%s', s.cooperative_id, s.fy, s.series) FROM number_series s WHERE s.series IN ('P', 'F') AND s.last_no <>
          CASE s.series WHEN 'P' THEN (SELECT count(*) FROM fund_plan p WHERE p.cooperative_id = s.cooperative_id AND p.fy = s.fy)
          ELSE (SELECT count(*) FROM fund_spending p WHERE p.cooperative_id = s.cooperative_id AND p.fy = s.fy) END LIMIT 1""",
}
