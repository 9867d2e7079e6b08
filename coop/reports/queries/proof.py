"""What `coop ledger verify` proves of reports and zones."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

REPORT_SEAL = Seal(
    AuditTag.CHILD_REPORT_PUBLISHED,
    """SELECT jsonb_build_array(r.quarter_from, r.checked_on, r.rule, r.published_by, c."grouping", c.name, c.measure, c.shown)::text
       FROM child_report r LEFT JOIN child_report_cell c ON c.report_id = r.id
       WHERE r.cooperative_id = $1 AND r.id = $2::text::bigint ORDER BY c."grouping", c.name, c.measure""",
)
ZONE_SEAL = Seal(
    AuditTag.ZONE_ASSESSED,
    """SELECT jsonb_build_array(z.village, z.block, z.district_lgd, z.assessed_on, z.valid_until, z.assessor, z.organisation,
              z.evidence, z.recorded_as, z.recorded_by, a.criterion, a.met)::text
       FROM zone_assessment z LEFT JOIN zone_answer a ON a.assessment_id = z.id
       WHERE $1::bigint IS NULL AND z.id = $2::text::bigint ORDER BY a.criterion""",
)
REVOCATION_SEAL = Seal(
    AuditTag.ZONE_REVOKED,
    """SELECT jsonb_build_array(assessment_id, revoked_on, reason, recorded_as, recorded_by)::text FROM zone_revocation
       WHERE $1::bigint IS NULL AND assessment_id = $2::text::bigint""",
)
SEALS: tuple[Seal, ...] = (REPORT_SEAL, ZONE_SEAL, REVOCATION_SEAL)
FAULTS: Mapping[str, str] = {
    "a report of children has no audit entry": """
        SELECT r.id::text FROM child_report r LEFT JOIN audit_entry a ON a.tag = 'child_report:published'
          AND a.about_row = r.id::text AND a.cooperative_id = r.cooperative_id WHERE a.id IS NULL LIMIT 1""",
    "an assessed zone has no audit entry": """
        SELECT z.id::text FROM zone_assessment z LEFT JOIN audit_entry a ON a.tag = 'zone:assessed'
          AND a.about_row = z.id::text AND a.cooperative_id IS NULL WHERE a.id IS NULL LIMIT 1""",
    "a revoked zone has no audit entry": """
        SELECT z.assessment_id::text FROM zone_revocation z LEFT JOIN audit_entry a ON a.tag = 'zone:revoked'
          AND a.about_row = z.assessment_id::text AND a.cooperative_id IS NULL WHERE a.id IS NULL LIMIT 1""",
}
