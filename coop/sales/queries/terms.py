"""The dated settings of lots and sales, and the GSTIN that holds on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from time import monotonic

from coop.cooperatives.queries import BylawRow, bylaws, value_on
from coop.kernel.db import Transaction
from coop.sales.rules.dispatch import Limits

NAMES = (
    "gst_rate",
    "eway_within",
    "eway_between",
    "cash_receipt_below",
    "challan_tolerance",
    "weighbridge_tolerance",
    "loss_tolerance",
)


@dataclass(frozen=True, slots=True)
class SalesTerms:
    """Settings that hold on a day; rates and tolerances in hundredths of a per cent, paise else."""

    gst_rate: int
    loss_tolerance: int
    cash_receipt_below_paise: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as pages show it: with its source, and whether anybody verified it."""

    name: str
    value: Decimal
    unit: str
    holds_from: date
    source: str
    verified: bool


# Settings change a few times a year; a minute's delay is none for them.
_ASK_AGAIN = 60.0
_kept: dict[int, tuple[float, Sequence[BylawRow]]] = {}


async def terms_on(tx: Transaction, cooperative_id: int, day: date) -> SalesTerms:
    """The settings that hold for a cooperative on a day. LookupError where one is missing."""
    asked_at, rows = _kept.get(cooperative_id, (-_ASK_AGAIN, ()))
    if not rows or monotonic() - asked_at > _ASK_AGAIN:
        rows = await bylaws(tx)
        _kept[cooperative_id] = (monotonic(), rows)

    def whole(name: str) -> int:
        return int(value_on(rows, name, cooperative_id, day))

    def hundredths(name: str) -> int:
        return int(value_on(rows, name, cooperative_id, day) * 100)

    return SalesTerms(
        hundredths("gst_rate"),
        hundredths("loss_tolerance"),
        whole("cash_receipt_below"),
        Limits(
            hundredths("challan_tolerance"),
            hundredths("weighbridge_tolerance"),
            whole("eway_within"),
            whole("eway_between"),
        ),
    )


async def settings_on(tx: Transaction, cooperative_id: int, day: date) -> dict[str, Setting]:
    """The settings by name with their sources, as a page shows them."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (name) name, value, unit, holds_from, source, verified FROM bylaw
           WHERE name = ANY ($1::text[]) AND holds_from <= $2 AND (cooperative_id IS NULL OR cooperative_id = $3)
           ORDER BY name, cooperative_id NULLS LAST, holds_from DESC, id DESC""",
        list(NAMES),
        day,
        cooperative_id,
    )
    return {row["name"]: Setting(*row.values()) for row in rows}


async def gstin_on(tx: Transaction, cooperative_id: int, day: date) -> str:
    """The cooperative's GSTIN on a day; empty where it has none."""
    found = await tx.fetchval(
        "SELECT gstin FROM gst_registration WHERE cooperative_id = $1 AND holds_from <= $2"
        " ORDER BY holds_from DESC, id DESC LIMIT 1",
        cooperative_id,
        day,
    )
    return str(found or "")
