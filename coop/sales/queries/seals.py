"""Which rows each act is tied to in the chain: named column by column, in a fixed order."""

from coop.audit.rules import AuditTag, Seal

_ROW = "SELECT {part} AS part, 0::bigint AS place, jsonb_build_array({columns})::text AS line FROM {table} x WHERE x.cooperative_id = $1 AND {which}"
# The journal that the row names by its fy and journal_no, with its lines.
_LINES = """SELECT 9 AS part, e.line_no::bigint AS place, jsonb_build_array(e.line_no, e.account_code, e.amount_paise,
    e.grade_code, e.stock_grams, e.buyer_id, e.member_id, j.day, j.about, j.document, j.posted_at)::text AS line
  FROM {table} x JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no) = (x.cooperative_id, x.fy, x.journal_no)
  JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (x.cooperative_id, x.fy, x.journal_no)
  WHERE x.cooperative_id = $1 AND {which}"""
# Those of a sale are told before they are written; what else its journal says is asked in ``faults``.
_SALE_LINES = """SELECT 9 AS part, e.line_no::bigint AS place, jsonb_build_array(e.account_code, e.amount_paise, e.grade_code, e.stock_grams, e.buyer_id)::text AS line
  FROM sale x JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no) = (x.cooperative_id, x.fy, x.journal_no)
  WHERE x.cooperative_id = $1 AND {which}"""
_ALL = "SELECT line FROM ({parts}) rows ORDER BY part, place, line"
_NUMBER = "(split_part($2::text, '/', 1)::int, split_part($2::text, '/', 2)::bigint)"
_FY_NO, _SALE_NO = f"(x.fy, x.no) = {_NUMBER}", f"(x.sale_fy, x.sale_no) = {_NUMBER}"
_ID, _REQUEST = "x.id = ($2::text)::bigint", "x.request_id = ($2::text)::bigint"
_MOVEMENT = "fy lot_fy lot_no kind grams cost_paise happened_at posted_at journal_no sale_fy sale_no reason about_no actor"
_PURCHASES = """SELECT 2 AS part, p.weighing_no AS place, jsonb_build_array(p.fy, p.weighing_no, p.grams, p.paise)::text AS line FROM lot x
  JOIN lot_purchase p ON (p.cooperative_id, p.lot_fy, p.lot_no) = (x.cooperative_id, x.fy, x.no) WHERE x.cooperative_id = $1 AND """
_FILLED = f"x.kind = 'filled' AND (x.lot_fy, x.lot_no) = {_NUMBER}"
SALE_COLUMNS = """number own_no lot_fy lot_no grade_code buyer_id buyer_version_id buyer_code price_line_id quantity_grams rate_paise floor_paise
 amount_paise own_gstin party place_of_supply supply tax_rate cgst_paise sgst_paise igst_paise round_off_paise total_paise premium_rate_paise
 premium_paise cost_paise journal_no sold_at sold_day sold_by"""
_NOTE = """fy series no number sale_fy sale_no kind grams amount_paise cgst_paise sgst_paise igst_paise round_off_paise total_paise premium_paise receipt_no
 journal_no issued_at issued_by"""
# Brought back by the note that this decision let in; a later note on the same sale brings nothing more.
_RETURNED = """x.kind = 'returned' AND (x.sale_fy, x.sale_no) = (SELECT n.sale_fy, n.sale_no FROM sale_note n
  WHERE n.cooperative_id = $1 AND n.request_id = ($2::text)::bigint AND n.kind = 'reversal')"""
# A sale's own instant is told by the act before it is written; these are read back.
_INSTANTS = {
    "made_at",
    "happened_at",
    "sold_at",
    "valid_from",
    "valid_to",
    "left_at",
    "read_at",
    "posted_at",
    "recorded_at",
    "asked_at",
    "decided_at",
    "issued_at",
    "first_weighed_at",
    "last_weighed_at",
}


def _row(table: str, columns: str, which: str, part: int = 1) -> str:
    """A row's columns as one text; instants as whole microseconds."""
    named = [
        f"(extract(epoch FROM x.{name}) * 1000000)::bigint" if name in _INSTANTS else f"x.{name}"
        for name in columns.split()
    ]
    return _ROW.format(part=part, columns=", ".join(named), table=table, which=which)


def _seal(tag: AuditTag, *parts: str) -> Seal:
    return Seal(tag, _ALL.format(parts=" UNION ALL ".join(parts)))


SEALS = (
    _seal(
        AuditTag.LOT_MADE,
        _row(
            "lot",
            "number own_no grade_code district_lgd made_at posted_at made_by stock_grams sorted_out_grams"
            " first_weighed_at last_weighed_at",
            _FY_NO,
        ),
        _PURCHASES + _FY_NO,
        _row("lot_movement", _MOVEMENT, _FILLED, 3),
    ),
    _seal(
        AuditTag.LOT_MOVED,
        _row("lot_movement", _MOVEMENT, _ID),
        _LINES.format(table="lot_movement", which=_ID),
    ),
    _seal(
        AuditTag.SALE_RECORDED,
        _row("sale", SALE_COLUMNS, _FY_NO),
        _SALE_LINES.format(which=_FY_NO),
    ),
    _seal(
        AuditTag.CHALLAN_RECORDED,
        _row(
            "sale_challan",
            "sale_fy sale_no challan_no vehicle_no quantity_grams valid_from valid_to delivery_state eway_no"
            " recorded_at recorded_by",
            _ID,
        ),
    ),
    _seal(
        AuditTag.GATE_PASSED,
        _row(
            "gate_out",
            "sale_fy sale_no challan_id vehicle_no loaded_grams left_at fy journal_no posted_at recorded_by",
            _SALE_NO,
        ),
        _LINES.format(table="gate_out", which=_SALE_NO),
    ),
    _seal(
        AuditTag.WEIGHBRIDGE_READ,
        _row(
            "weighbridge_reading",
            "sale_fy sale_no slip_no buyer_grams within_tolerance request_id read_at recorded_at recorded_by",
            _SALE_NO,
        ),
    ),
    _seal(
        AuditTag.SALE_NOTE_ASKED,
        _row("sale_note_request", "sale_fy sale_no kind grams reason asked_at asked_by", _ID),
    ),
    _seal(
        AuditTag.SALE_NOTE_DECIDED,
        _row("sale_note_decision", "request_id confirmed asked_by decided_by decided_at", _REQUEST),
        _row("lot_movement", _MOVEMENT, _RETURNED, 3),
        _row("sale_note", _NOTE, _REQUEST, 2),
        _LINES.format(table="sale_note", which=_REQUEST),
    ),
    _seal(
        AuditTag.GST_REGISTERED,
        _row("gst_registration", "gstin holds_from source recorded_by", _ID),
    ),
)
SEAL_OF = {seal.tag: seal for seal in SEALS}
