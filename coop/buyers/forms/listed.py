"""Rows of buyers.csv as values. A readable row is always kept; the standing judges it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from coop.buyers.rules import (
    AS_SHIPPED,
    Buyer,
    BuyerKind,
    DemandRow,
    Dossier,
    demands_on,
    papers_of,
    standing_on,
)
from coop.kernel.cells import Cells, Parsed
from coop.kernel.number import latin_digits, without_spaces

BUYER_COLUMNS = (
    "buyer_code",
    "name",
    "kind",
    "town",
    "district_lgd",
    "state_lgd",
    "gstin",
    "pan",
    "dealer_licence_no",
    "licence_from",
    "licence_to",
    "suspended_from",
    "suspended_to",
    "suspension_reason",
    "floor_and_no_child_labour_signed_on",
)
# Where a reason of the standing stands in the file.
_COLUMN_OF = {
    "licence_missing": "dealer_licence_no",
    "licence_not_yet_valid": "licence_from",
    "licence_expired": "licence_to",
    "undertaking_missing": "floor_and_no_child_labour_signed_on",
    "undertaking_expired": "floor_and_no_child_labour_signed_on",
    "suspended": "suspended_from",
}


def buyer_from_row(
    row: Mapping[str, str], on: date, demands: Sequence[DemandRow] = ()
) -> Parsed[Buyer]:
    """Read a row of buyers.csv; with a value, problems are the reasons of its standing on a day.

    ``demands``: the settings, those shipped where none are given. GSTIN and PAN are cleaned of spaces and written in capitals before they are judged.
    """
    cells = Cells({**row, "gstin": _capitals(row, "gstin"), "pan": _capitals(row, "pan")})
    buyer = Buyer(
        buyer_code=cells.pattern("buyer_code", "[A-Z0-9][A-Z0-9-]{0,11}", "B01"),
        name=cells.text("name", 160, needed=True),
        kind=cells.choice("kind", tuple(BuyerKind)),
        town=cells.text("town", 80),
        district_lgd=cells.whole_or_none("district_lgd", 1, 999_999),
        suspension_reason=cells.text("suspension_reason", 200),
        dossier=Dossier(
            state_lgd=cells.whole_or_none("state_lgd", 1, 99),
            gstin=cells.text("gstin", 20),
            pan=cells.text("pan", 12),
            dealer_licence_no=cells.text("dealer_licence_no", 40),
            licence_from=cells.day_or_none("licence_from"),
            licence_to=cells.day_or_none("licence_to"),
            suspended_from=cells.day_or_none("suspended_from"),
            suspended_to=cells.day_or_none("suspended_to"),
            undertaking_signed_on=cells.day_or_none("floor_and_no_child_labour_signed_on"),
        ),
    )
    parsed = cells.finish(buyer)
    if parsed.value is None:
        return parsed
    asked = demands_on(demands, buyer.kind, on) if demands else AS_SHIPPED
    reasons = standing_on(papers_of(buyer.dossier), on, asked).reasons
    return replace(
        parsed,
        problems=tuple(replace(one, field=_COLUMN_OF.get(one.code, one.field)) for one in reasons),
    )


def _capitals(row: Mapping[str, str], column: str) -> str:
    return latin_digits(without_spaces(row.get(column, ""))).upper()
