"""What `coop ledger verify` proves of community work; signs are erasable and carry no seal."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

PARTNER_SEAL = Seal(
    AuditTag.PARTNER_RECORDED,
    """SELECT jsonb_build_array(name, contact_role, agreed_from, agreed_until, recorded_by)::text FROM cso_partner
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
HAMLET_SEAL = Seal(
    AuditTag.HAMLET_ASSIGNED,
    """SELECT jsonb_build_array(partner_id, village, tola, from_day, assigned, recorded_by)::text FROM cso_hamlet
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
WORKER_SEAL = Seal(
    AuditTag.PARTNER_WORKER_TIED,
    """SELECT jsonb_build_array(partner_id, user_id, works, recorded_by)::text FROM cso_worker
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
FUND_SEAL = Seal(
    AuditTag.PARTNER_FUND_BOOKED,
    """SELECT jsonb_build_array(partner_id, kind, amount_paise, on_day, source, recorded_by)::text FROM cso_fund
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
ACTIVITY_SEAL = Seal(
    AuditTag.ACTIVITY_RECORDED,
    """SELECT jsonb_build_array(a.partner_id, a.kind, a.topic, a.village, a.tola, a.on_day, a.materials, a.recorded_as,
              a.recorded_by, r.sex, r.band, r.people)::text
       FROM community_activity a LEFT JOIN community_reached r ON r.activity_id = a.id
       WHERE a.cooperative_id = $1 AND a.id = $2::text::bigint ORDER BY r.sex, r.band""",
)
COMMITTEE_SEAL = Seal(
    AuditTag.COMMITTEE_RECORDED,
    """SELECT jsonb_build_array(c.village, c.formed_on, c.recorded_by, s.role, s.sex, s.seats)::text
       FROM village_committee c LEFT JOIN committee_seat s ON s.committee_id = c.id
       WHERE c.cooperative_id = $1 AND c.id = $2::text::bigint ORDER BY s.role, s.sex""",
)
MEETING_SEAL = Seal(
    AuditTag.COMMITTEE_MET,
    """SELECT jsonb_build_array(committee_id, on_day, decisions, present, recorded_by)::text FROM committee_meeting
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
COMMITTEE_MONEY_SEAL = Seal(
    AuditTag.COMMITTEE_MONEY_BOOKED,
    """SELECT jsonb_build_array(committee_id, kind, line, amount_paise, on_day, recorded_by)::text FROM committee_money
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
ROUND_SEAL = Seal(
    AuditTag.VILLAGE_VISITED,
    """SELECT jsonb_build_array(village, on_day, whole, households_visited, children_seen, children_at_work, recorded_as,
              recorded_by)::text FROM village_round WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
CHECK_SEAL = Seal(
    AuditTag.VILLAGE_CHECKED,
    """SELECT jsonb_build_array(c.village, c.on_day, c.recorded_as, c.recorded_by, a.item, a.answer)::text
       FROM village_check c LEFT JOIN village_check_answer a ON a.check_id = c.id
       WHERE c.cooperative_id = $1 AND c.id = $2::text::bigint ORDER BY a.item COLLATE "C" ASC""",
)
SIGN_REPORT_SEAL = Seal(
    AuditTag.SIGNS_PUBLISHED,
    """SELECT jsonb_build_array(quarter_from, asked, advance, strong, published_by)::text FROM sign_report
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
SEALS: tuple[Seal, ...] = (
    PARTNER_SEAL,
    HAMLET_SEAL,
    WORKER_SEAL,
    FUND_SEAL,
    ACTIVITY_SEAL,
    COMMITTEE_SEAL,
    MEETING_SEAL,
    COMMITTEE_MONEY_SEAL,
    ROUND_SEAL,
    CHECK_SEAL,
    SIGN_REPORT_SEAL,
)


def _without_entry(table: str, tag: AuditTag) -> str:
    return f"""
        SELECT t.id::text FROM {table} t LEFT JOIN audit_entry a ON a.tag = '{tag.label}'
          AND a.about_row = t.id::text AND a.cooperative_id = t.cooperative_id WHERE a.id IS NULL LIMIT 1"""  # noqa: S608  # our own words


FAULTS: Mapping[str, str] = {
    f"a row of {table} has no audit entry": _without_entry(table, tag)
    for table, tag in (
        ("cso_partner", AuditTag.PARTNER_RECORDED),
        ("cso_fund", AuditTag.PARTNER_FUND_BOOKED),
        ("community_activity", AuditTag.ACTIVITY_RECORDED),
        ("village_committee", AuditTag.COMMITTEE_RECORDED),
        ("committee_meeting", AuditTag.COMMITTEE_MET),
        ("committee_money", AuditTag.COMMITTEE_MONEY_BOOKED),
        ("village_round", AuditTag.VILLAGE_VISITED),
        ("village_check", AuditTag.VILLAGE_CHECKED),
        ("sign_report", AuditTag.SIGNS_PUBLISHED),
    )
}
