"""Tax on a sale: CGST and SGST in equal halves within the State, IGST across its border.

Rates are dated settings. Each half is rounded to the paisa, half up; the invoice's total to the
rupee, with the difference as a line of its own (CGST Act s.170). Who has no GSTIN issues a bill
of supply, which bears no tax and so nothing to round.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

_WHOLE = 10_000  # a rate is in hundredths of a per cent


class Supply(StrEnum):
    """A paper without tax, an invoice within the State, an invoice to another State."""

    BILL = "bill"
    WITHIN = "within"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Tax:
    """What a paper adds to the amount, in paise; ``rate`` in hundredths of a per cent."""

    supply: Supply
    rate: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int
    round_off_paise: int
    total_paise: int

    @property
    def tax_paise(self) -> int:
        """All tax together."""
        return self.cgst_paise + self.sgst_paise + self.igst_paise


def supply_of(has_gstin: bool, own_states: Collection[str], place: str) -> Supply:
    """Which paper a sale takes: by the cooperative's GSTIN and the place of supply.

    States are two digits as GST numbers them; a State may have two numbers.
    """
    if not has_gstin:
        return Supply.BILL
    return Supply.WITHIN if place in own_states else Supply.BETWEEN


def place_of_supply(delivery_state: str, gstin: str, buyer_states: Collection[str]) -> str:
    """The delivery State on the challan, by default the GSTIN's, else the buyer's address.

    >>> place_of_supply("", "19ZZKCV5028G1ZY", ("19",))
    '19'
    """
    return delivery_state or gstin[:2] or next(iter(buyer_states), "")


def tax_on(amount_paise: int, rate: int, supply: Supply) -> Tax:
    """Work out tax, round-off and total on a taxable amount.

    >>> tax_on(1918500, 500, Supply.WITHIN).total_paise
    2014400
    """
    if supply is Supply.BILL:
        return Tax(supply, 0, 0, 0, 0, 0, amount_paise)
    half = _half_up(amount_paise * rate, 2 * _WHOLE) if supply is Supply.WITHIN else 0
    whole = _half_up(amount_paise * rate, _WHOLE) if supply is Supply.BETWEEN else 0
    exact = amount_paise + 2 * half + whole
    total = _half_up(exact, 100) * 100
    return Tax(supply, rate, half, half, whole, total - exact, total)


def _half_up(part: int, of: int) -> int:
    return (2 * part + of) // (2 * of)
