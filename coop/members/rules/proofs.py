"""How acts on members are tied to the chain, and what `coop ledger verify` asks of their rows. Pure text."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

CONSENT = Seal(
    AuditTag.CONSENT_RECORDED,
    """SELECT jsonb_build_array(id, person_id, purpose, given, how, on_day, recorded_by)::text
       FROM consent WHERE cooperative_id = $1::bigint AND id = ($2::text)::bigint""",
)
DECISION = Seal(
    AuditTag.DUPLICATE_DECIDED,
    """SELECT jsonb_build_array(d.id, p.member_a, p.member_b, d.decision, d.because, d.decided_by)::text
       FROM duplicate_decision d JOIN duplicate_pair p ON p.id = d.pair_id
       WHERE d.cooperative_id IS NOT DISTINCT FROM $1::bigint AND d.id = ($2::text)::bigint""",
)
MERGE = Seal(
    AuditTag.MEMBER_MERGED,
    """SELECT jsonb_build_array(id, pair_id, gone_member_id, kept_member_id, cessation_id, merged_by)::text
       FROM member_merge WHERE cooperative_id IS NOT DISTINCT FROM $1::bigint AND id = ($2::text)::bigint""",
)
MERGE_UNDO = Seal(
    AuditTag.MERGE_UNDONE,
    """SELECT jsonb_build_array(u.merge_id, u.undone_by, c.cessation_id, c.undone_by)::text FROM member_merge_undo u
       JOIN member_merge g ON g.id = u.merge_id LEFT JOIN member_cessation_undo c ON c.cessation_id = g.cessation_id
       WHERE u.cooperative_id IS NOT DISTINCT FROM $1::bigint AND u.merge_id = ($2::text)::bigint""",
)
END = Seal(
    AuditTag.MEMBER_ENDED,
    """SELECT jsonb_build_array(id, member_id, ceased_on, reason, source, recorded_by)::text
       FROM member_cessation WHERE cooperative_id = $1::bigint AND id = ($2::text)::bigint""",
)
SEASON = Seal(
    AuditTag.SEASON_RECORDED,
    """SELECT jsonb_build_array(id, member_id, kind, from_day, recorded_by)::text
       FROM member_season WHERE cooperative_id = $1::bigint AND id = ($2::text)::bigint""",
)
MOVE = Seal(
    AuditTag.HOUSEHOLD_MOVED,
    """SELECT jsonb_build_array(id, person_id, household_id, from_day, recorded_by)::text
       FROM household_move WHERE cooperative_id = $1::bigint AND id = ($2::text)::bigint""",
)
CONFIRMATION = Seal(
    AuditTag.MEMBER_CONFIRMED,
    """SELECT jsonb_build_array(member_id, confirmed_by)::text
       FROM membership_confirmation WHERE cooperative_id = $1::bigint AND member_id = ($2::text)::bigint""",
)
TRANSFER = Seal(
    AuditTag.TRANSFER_ASKED,
    """SELECT jsonb_build_array(id, from_cooperative_id, to_cooperative_id, member_id, shares, due_paise, asked_by)::text
       FROM member_transfer WHERE from_cooperative_id = $1::bigint AND id = ($2::text)::bigint""",
)
TRANSFER_ANSWER = Seal(
    AuditTag.TRANSFER_ANSWERED,
    """SELECT jsonb_build_array(transfer_id, answer, on_day, new_member_id, answered_by)::text FROM transfer_answer
       WHERE $1::bigint IN (from_cooperative_id, to_cooperative_id) AND transfer_id = ($2::text)::bigint""",
)
ERASURE_ASKED = Seal(
    AuditTag.ERASURE_ASKED,
    """SELECT jsonb_build_array(id, person_id, asked_by)::text
       FROM erasure_request WHERE cooperative_id = $1::bigint AND id = ($2::text)::bigint""",
)
ERASURE = Seal(
    AuditTag.PERSON_ERASED,
    """SELECT jsonb_build_array(id, request_id, person_id, household_id, confirmed_by)::text
       FROM erasure WHERE cooperative_id = $1::bigint AND id = ($2::text)::bigint""",
)
SEALS = (
    CONSENT, DECISION, MERGE, MERGE_UNDO, END, SEASON, MOVE, CONFIRMATION, TRANSFER, TRANSFER_ANSWER, ERASURE_ASKED,
    ERASURE,
)  # fmt: skip

# What an entry says of a version: taken out of its text, so that a spoilt one is a fault and no error.
_SAID = """
SELECT substring(facts FROM '"version_row":([0-9]+)') AS row, substring(facts FROM '"fields":"([^"]*)"') AS fields
FROM audit_entry WHERE tag IN ({})"""
_ENTRIES = "'member:admitted', 'person:recorded', 'person:changed'"
_BLANK_PERSON = """concat(v.name_latin, v.name_hi, v.relation, v.relation_name_latin, v.relation_name_hi, v.sex, v.dob, v.village,
  v.tola, v.block, v.district_lgd, v.state_lgd, v.mobile, v.id_kind, v.id_no, v.bank_account, v.ifsc, v.dob_precision,
  encode(v.row_sha256, 'hex')) = ''"""
_BLANK_HOUSE = """concat(v.head_person_no, v.head_name, v.village, v.tola, v.block, v.district_lgd, v.state_lgd, v.ration_card_no,
  v.ration_type, v.caste, v.pvtg, v.minority, v.house, v.land_hundredths_acre, v.migrant) = ''"""
_FACTS_OF_MEMBER = """
SELECT about_row AS row, substring(facts FROM '"member_sha256":"([^"]*)"') AS sha256, substring(facts FROM '"nominees":"([^"]*)"') AS nominees
FROM audit_entry WHERE tag = 'member:admitted'"""

FAULTS: Mapping[str, str] = {
    "particulars of a person differ from their audit entry": f"""
        WITH said AS ({_SAID.format(_ENTRIES)})
        SELECT format('version %s of person %s', v.version, v.person_id) FROM person_version v LEFT JOIN said s ON s.row = v.id::text
        WHERE CASE WHEN v.salt = '' THEN s.row IS NULL OR NOT {_BLANK_PERSON} OR NOT EXISTS (SELECT FROM erasure e WHERE e.person_id = v.person_id)
                   ELSE s.fields IS DISTINCT FROM coop_person_fields(v) END LIMIT 1""",  # noqa: S608  (texts of ours)
    "particulars of a person gone": f"""
        WITH said AS ({_SAID.format(_ENTRIES)})
        SELECT s.row FROM said s WHERE s.row <> '0' AND NOT EXISTS (SELECT FROM person_version v WHERE v.id::text = s.row) LIMIT 1""",  # noqa: S608  (texts of ours)
    "a household's facts differ from their audit entry": f"""
        WITH said AS ({_SAID.format("'household:recorded'")}), bare AS (
          SELECT v.id, regexp_replace(coop_household_fields(v), 'head_name=[^ ]+', '') AS fields FROM household_version v)
        SELECT format('version %s of household %s', v.version, v.household_id) FROM household_version v JOIN bare b ON b.id = v.id
        LEFT JOIN said s ON s.row = v.id::text
        WHERE CASE WHEN v.salt = '' THEN s.row IS NULL OR NOT {_BLANK_HOUSE} OR NOT EXISTS (SELECT FROM erasure e WHERE e.household_id = v.household_id)
                   WHEN v.head_salt = '' THEN v.head_name <> '' OR regexp_replace(s.fields, 'head_name=[^ ]+', '') IS DISTINCT FROM b.fields
                     OR NOT EXISTS (SELECT FROM erasure e JOIN person p ON p.id = e.person_id WHERE p.person_no = v.head_person_no)
                   ELSE s.fields IS DISTINCT FROM coop_household_fields(v) END LIMIT 1""",  # noqa: S608  (texts of ours)
    "a membership differs from its audit entry": f"""
        WITH said AS ({_FACTS_OF_MEMBER})
        SELECT format('member %s', m.id) FROM member m LEFT JOIN said s ON s.row = m.id::text
        WHERE s.sha256 IS DISTINCT FROM coop_member_sha256(m) LIMIT 1""",  # noqa: S608  (texts of ours)
    "nominees differ from their audit entry": f"""
        WITH said AS ({_FACTS_OF_MEMBER} UNION ALL SELECT about_row, NULL, substring(facts FROM '"nominees":"([^"]*)"')
          FROM audit_entry WHERE tag = 'nominees:named'), sets AS (
          SELECT n.member_id, n.version, bool_and(n.salt = '' AND n.name = '') AS blank, coop_nominee_fields(n.member_id, n.version) AS fields
          FROM nominee n GROUP BY 1, 2)
        SELECT format('member %s, version %s', n.member_id, n.version) FROM sets n JOIN member m ON m.id = n.member_id
        WHERE NOT EXISTS (SELECT FROM said s WHERE s.row = n.member_id::text AND s.nominees = n.fields)
          AND NOT (n.blank AND EXISTS (SELECT FROM erasure e WHERE e.person_id = m.person_id)) LIMIT 1""",  # noqa: S608  (texts of ours)
    "a member ended in one cooperative who did not begin in the other": """
        SELECT format('transfer %s', a.transfer_id) FROM transfer_answer a JOIN member_transfer t ON t.id = a.transfer_id
        LEFT JOIN member n ON n.id = a.new_member_id LEFT JOIN member_ended x ON x.member_id = t.member_id AND x.reason = 'transferred'
        WHERE a.answer = 'accepted' AND (n.admitted_on IS DISTINCT FROM a.on_day OR x.ceased_on IS DISTINCT FROM a.on_day) LIMIT 1""",
}  # fmt: skip
