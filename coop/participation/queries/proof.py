"""Whether decisions, boards and hearings are what was recorded; for `coop ledger verify`, as the owner."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

DECISION_SEAL = Seal(
    AuditTag.VOICE_DECIDED,
    """SELECT jsonb_build_array(d.message_id, d.kind, d.concern_about, d.decided_by)::text FROM voice_decision d
       WHERE d.message_id::text = $2 AND $1::bigint IS NULL""",
)
BATCH_SEAL = Seal(
    AuditTag.VOICE_BOX_OPENED,
    """SELECT jsonb_build_array(b.id, b.opened_on, b.witness, b.notes, b.unreadable, b.recorded_by,
              (SELECT count(*) FROM voice_message m WHERE m.batch_id = b.id))::text
       FROM voice_batch b WHERE b.cooperative_id = $1 AND b.id::text = $2""",
)
BOARD_SEAL = Seal(
    AuditTag.VOICE_BOARD_WRITTEN,
    """SELECT jsonb_build_array(b.month, b.heard, b.done, b.written_by)::text FROM voice_board b
       WHERE b.cooperative_id = $1 AND b.id::text = $2""",
)
HEARING_SEAL = Seal(
    AuditTag.HEARING_RECORDED,
    """SELECT jsonb_build_array(h.about, h.question, h.held_on, h.place, h.said, h.changed, h.recorded_as, h.recorded_by,
              (SELECT array_agg(p.band || p.sex || p.people ORDER BY p.band COLLATE "C", p.sex COLLATE "C")
                 FROM hearing_people p WHERE p.hearing_id = h.id))::text
       FROM hearing h WHERE h.cooperative_id IS NOT DISTINCT FROM $1 AND h.id::text = $2""",
)
SITE_HEARING_SEAL = Seal(
    AuditTag.SITE_HEARING_NAMED,
    """SELECT jsonb_build_array(s.site_code, s.version, s.hearing_id, s.no_hearing_reason)::text FROM site_hearing s
       WHERE s.site_code = split_part($2, '/', 1) AND s.version::text = split_part($2, '/', 2) AND $1::bigint IS NULL""",
)
SEALS: tuple[Seal, ...] = (DECISION_SEAL, BATCH_SEAL, BOARD_SEAL, HEARING_SEAL, SITE_HEARING_SEAL)
FAULTS: Mapping[str, str] = {
    "hearing without its audit entry": """
        SELECT h.id::text FROM hearing h LEFT JOIN audit_entry a ON a.tag = 'hearing:recorded' AND a.about_row = h.id::text
          AND a.cooperative_id IS NOT DISTINCT FROM h.cooperative_id WHERE a.id IS NULL LIMIT 1""",
    "line of the board without its audit entry": """
        SELECT b.id::text FROM voice_board b LEFT JOIN audit_entry a ON a.tag = 'voice_board:written' AND a.about_row = b.id::text
          AND a.cooperative_id = b.cooperative_id WHERE a.id IS NULL LIMIT 1""",
    "a recording that is not the one recorded": """
        SELECT s.id::text FROM voice_sound s LEFT JOIN audit_entry a ON a.tag = 'voice_sound:kept' AND a.about_row = s.id::text
          AND a.cooperative_id = s.cooperative_id AND a.facts::json ->> 'sha256' = encode(sha256(s.data), 'hex')
        WHERE a.id IS NULL LIMIT 1""",
    "decision on a message without its audit entry": """
        SELECT d.message_id::text FROM voice_decision d LEFT JOIN audit_entry a ON a.tag = 'voice:decided'
          AND a.about_row = d.message_id::text AND a.chain = 'AGENCY' WHERE a.id IS NULL LIMIT 1""",
}
