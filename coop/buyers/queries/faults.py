"""What `coop ledger verify` asks of buyers: no row without its act, no act without its entry."""

from collections.abc import Mapping

from coop.audit.rules import AuditTag, Seal

# The digest of an act's rows; an act of the agency's chain, so without a cooperative.
_ROWS = (
    "SELECT body FROM buyer_act_row WHERE act_id = $2::text::bigint AND $1::bigint IS NULL"
    " ORDER BY part, n"
)
SEALS: tuple[Seal, ...] = tuple(
    Seal(tag, _ROWS)
    for tag in (
        AuditTag.BUYER_RECORDED,
        AuditTag.DOSSIER_ITEM_GIVEN,
        AuditTag.DOSSIER_ITEM_CHECKED,
        AuditTag.DOSSIER_ITEM_WITHDRAWN,
        AuditTag.BUYER_DECIDED,
        AuditTag.BUYER_SUSPENDED,
        AuditTag.BUYER_REINSTATED,
        AuditTag.DOSSIER_DEMAND_SET,
        AuditTag.BUYER_OWNER_NAMED,
        AuditTag.BUYER_CONFLICTS_SOUGHT,
        AuditTag.BUYER_CONFLICT_DECIDED,
        AuditTag.BUYER_PERSON_TIED,
        AuditTag.RECEIPT_CLAIMED,
    )
)

FAULTS: Mapping[str, str] = {
    # An act of an earlier release's buyer was carried over by the migration, without an entry.
    "act on a buyer without its audit entry": """
        SELECT format('%s %s', a.tag, a.id) FROM buyer_act a
        LEFT JOIN audit_entry e ON e.chain = 'AGENCY' AND e.about_table = 'buyer_act'
             AND e.about_row = a.id::text AND e.tag = a.tag
        WHERE e.seq IS NULL AND NOT (a.tag = 'buyer:carried_over'
              AND EXISTS (SELECT FROM buyer b WHERE b.buyer_code = a.buyer_code AND b.act_id IS NULL)
              AND NOT EXISTS (SELECT FROM buyer_act o WHERE o.buyer_code = a.buyer_code AND o.id < a.id)) LIMIT 1""",
    "buyer without its audit entry": """
        SELECT format('%s version %s', b.buyer_code, b.version) FROM buyer b
        LEFT JOIN audit_entry e ON e.chain = 'AGENCY' AND e.tag = 'buyer:recorded' AND e.about_row = b.buyer_code
        WHERE b.act_id IS NULL AND e.seq IS NULL LIMIT 1""",
    "row of a buyer that hangs on a later version": """
        SELECT format('%s %s', x.what, x.buyer_id) FROM (
          SELECT 'item' AS what, buyer_id FROM dossier_item UNION ALL
          SELECT 'decision', buyer_id FROM buyer_decision UNION ALL
          SELECT 'suspension', buyer_id FROM buyer_suspension UNION ALL
          SELECT 'receipt', buyer_id FROM buyer_receipt UNION ALL
          SELECT 'claim', buyer_id FROM receipt_claim UNION ALL
          SELECT 'line', buyer_id FROM kept_total WHERE buyer_id <> 0) x
        LEFT JOIN buyer b ON b.id = x.buyer_id AND b.version = 1 WHERE b.id IS NULL LIMIT 1""",
    "demand of a dossier without its act": """
        SELECT format('%s from %s', kind, holds_from) FROM dossier_demand
        WHERE act_id IS NULL AND holds_from <> '1900-01-01' LIMIT 1""",
    "owner of a buyer whose name was changed": """
        SELECT id::text FROM buyer_owner
        WHERE name <> '' AND sha256(salt || convert_to(name, 'UTF8')) <> name_sha256 LIMIT 1""",
    "receipt of a buyer that is another": """
        SELECT format('%s/%s/%s', b.cooperative_id, b.fy, b.no) FROM buyer_receipt b
        LEFT JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (b.cooperative_id, b.fy, b.kind, b.no)
        WHERE r.cti IS DISTINCT FROM b.cti LIMIT 1""",
}
