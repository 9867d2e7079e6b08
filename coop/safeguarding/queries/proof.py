"""What `coop ledger verify` proves of cases: lines are as their entries say, words that stand too."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

WORDS_HASH = "encode(sha256(salt || convert_to(words, 'UTF8')), 'hex')"
CONCERN_SEAL = Seal(
    AuditTag.CONCERN_RAISED,
    """SELECT jsonb_build_array(case_id, source, about, danger_now, names_reader, words_id, raised_by)::text
       FROM safeguarding.concern WHERE $1::bigint IS NULL AND id = $2::text::bigint""",
)
LINE_SEAL = Seal(
    AuditTag.CASE_WRITTEN,
    """SELECT jsonb_build_array(case_id, kind, choice, second, third, shared, about_id, on_day, due_on, words_id,
       recorded_by)::text FROM safeguarding.case_line WHERE $1::bigint IS NULL AND id = $2::text::bigint""",
)
READER_SEAL = Seal(
    AuditTag.READER_NAMED,
    """SELECT jsonb_build_array(cooperative_id, user_id, person_id, woman, training, trained_on, valid_until)::text
       FROM safeguarding.reader WHERE $1::bigint IS NULL AND id = $2::text::bigint""",
)
COUNTS_SEAL = Seal(
    AuditTag.CASE_COUNTS_PUBLISHED,
    """SELECT jsonb_build_array(r.cooperative_id, r.half_from, r.published_by, c.code, c.shown, c.hidden)::text
       FROM safeguarding.indicator_report r LEFT JOIN safeguarding.indicator_cell c ON c.report_id = r.id
       WHERE $1::bigint IS NULL AND r.id = $2::text::bigint ORDER BY c.code COLLATE "C" ASC""",
)
SEALS: tuple[Seal, ...] = (CONCERN_SEAL, LINE_SEAL, READER_SEAL, COUNTS_SEAL)
FAULTS: Mapping[str, str] = {
    # Erased words are no fault: only what still stands must be what was written.
    "words of a case differ from their audit entry": f"""
        SELECT w.id::text FROM safeguarding.case_words w WHERE NOT EXISTS (SELECT FROM audit_entry a
          WHERE a.tag IN ('concern:raised', 'case:written') AND a.facts::json ->> 'words' = w.id::text
          AND a.facts::json ->> 'words_sha256' = {WORDS_HASH}) LIMIT 1""",  # noqa: S608  # our own words
    "a fact of a case differs from its audit entry": """
        SELECT f.id::text FROM safeguarding.case_fact f WHERE NOT EXISTS (SELECT FROM audit_entry a
          WHERE a.tag = 'case_fact:answered' AND a.about_row = f.id::text
          AND a.facts::json ->> 'value_sha256' = encode(sha256(f.salt || convert_to(f.value, 'UTF8')), 'hex')) LIMIT 1""",
    "a line of a case has no audit entry": """
        SELECT l.id::text FROM safeguarding.case_line l LEFT JOIN audit_entry a ON a.tag = 'case:written'
          AND a.about_row = l.id::text WHERE a.id IS NULL LIMIT 1""",
    "the chain of cases is missing": """
        SELECT 'SAFE-CASES' WHERE NOT EXISTS (SELECT FROM audit_head WHERE chain = 'SAFE-CASES' AND cooperative_id IS NULL) LIMIT 1""",
    "a concern has no audit entry": """
        SELECT n.id::text FROM safeguarding.concern n LEFT JOIN audit_entry a ON a.tag = 'concern:raised'
          AND a.about_row = n.id::text WHERE a.id IS NULL LIMIT 1""",
    "a told half-year has no audit entry": """
        SELECT r.id::text FROM safeguarding.indicator_report r LEFT JOIN audit_entry a ON a.tag = 'case_counts:published'
          AND a.about_row = r.id::text WHERE a.id IS NULL LIMIT 1""",
    "a case was closed by the person who asked for it": """
        SELECT d.id::text FROM safeguarding.case_line d JOIN safeguarding.case_line c ON c.id = d.about_id
        WHERE d.kind = 'decision' AND d.choice = 'yes' AND d.recorded_by = c.recorded_by LIMIT 1""",
}
