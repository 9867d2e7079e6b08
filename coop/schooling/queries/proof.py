"""What `coop ledger verify` proves of children's rows: those that stand are as their entries say."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

# Named column by column, so that one added later changes no hash.
VALUES_HASH = (
    "encode(sha256(salt || convert_to(jsonb_build_array(name_latin, name_hi, sex, dob, dob_precision,"
    " father_name, mother_name, disability_pct)::text, 'UTF8')), 'hex')"
)
CONSENT_TEXT = (
    "jsonb_build_array(person_id, guardian_person_id, purpose, answer, answered_on, read_aloud, how,"
    " adult_proof, recorded_by)::text"
)
_RUN_TEXT = """
SELECT jsonb_build_array(r.on_day, r.rule, c.status, c.children)::text FROM school_check_run r
LEFT JOIN school_check_count c ON c.run_id = r.id WHERE r.cooperative_id = $1 AND r.id = $2::text::bigint ORDER BY c.status"""

RUN_SEAL = Seal(AuditTag.SCHOOLS_CHECKED, _RUN_TEXT)
COVERAGE_SEAL = Seal(
    AuditTag.COVERAGE_KEPT,
    """SELECT jsonb_build_array(quarter_from, band, recorded_by)::text FROM coverage_quarter
       WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
SEALS: tuple[Seal, ...] = (
    Seal(
        AuditTag.GUARDIAN_ANSWERED,
        f"SELECT {CONSENT_TEXT} FROM guardian_consent WHERE cooperative_id = $1 AND id = $2::text::bigint",  # noqa: S608  # our own words
    ),
    RUN_SEAL,
    COVERAGE_SEAL,
)
FAULTS: Mapping[str, str] = {
    # An erased version is no fault: only what still stands must be what was written.
    "what is kept of a child differs from its audit entry": f"""
        SELECT v.person_id::text || '/' || v.version FROM child_version v
        LEFT JOIN audit_entry a ON a.tag = 'child:recorded' AND a.about_row = v.person_id::text
          AND a.cooperative_id = v.cooperative_id AND a.facts::json ->> 'version' = v.version::text
          AND a.facts::json ->> 'values_sha256' = {VALUES_HASH}
        WHERE a.id IS NULL LIMIT 1""",  # noqa: S608  # our own words
    "a guardian's answer has no audit entry": """
        SELECT g.id::text FROM guardian_consent g LEFT JOIN audit_entry a ON a.tag = 'guardian:answered'
          AND a.about_row = g.id::text AND a.cooperative_id = g.cooperative_id WHERE a.id IS NULL LIMIT 1""",
    "a child is kept without a guardian's live consent": """
        SELECT v.person_id::text FROM child_version v WHERE (SELECT answer FROM guardian_consent g
          WHERE g.person_id = v.person_id AND g.purpose = 'school_check' ORDER BY g.id DESC LIMIT 1)
          IS DISTINCT FROM 'given' LIMIT 1""",
    "a quarter's band has no audit entry": """
        SELECT q.id::text FROM coverage_quarter q LEFT JOIN audit_entry a ON a.tag = 'coverage:kept'
          AND a.about_row = q.id::text AND a.cooperative_id = q.cooperative_id WHERE a.id IS NULL LIMIT 1""",
    "a row of a register is two children's": """
        SELECT run_id::text || '/' || enrolment_row_id FROM register_match WHERE certain
        GROUP BY run_id, enrolment_row_id HAVING count(DISTINCT person_id) > 1 LIMIT 1""",
}
