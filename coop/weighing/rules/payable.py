"""What is paid for: payable grams and the amount."""

from dataclasses import dataclass
from decimal import Decimal

from coop.kernel.money import amount_paise


@dataclass(frozen=True, slots=True)
class Settled:
    """A weighing worked out. Weights are grams, money is paise; the premium is not in it."""

    net_g: int
    payable_g: int
    amount_paise: int
    floor_paise_per_kg: int
    flags: tuple[str, ...]


def payable_grams(
    gross_g: int,
    tare_g: int,
    moisture: Decimal,
    waste: Decimal,
    moisture_base: Decimal,
    waste_base: Decimal,
) -> int:
    """Return net grams less what moisture and waste exceed their bases by.

    net x (1 - max(0, moisture - base)/100) x (1 - max(0, waste - base)/100), exact, rounded once
    to the gram, half up (own rule, to be confirmed by the agency). Bases are per cent.

    >>> payable_grams(16100, 250, Decimal("4.5"), Decimal("4.8"), Decimal(2), Decimal(5))
    15454
    """
    dry, dry_whole = _kept(moisture, moisture_base)
    clean, clean_whole = _kept(waste, waste_base)
    exact, whole = (gross_g - tare_g) * dry * clean, dry_whole * clean_whole
    return (2 * exact + whole) // (2 * whole)


def _kept(percent: Decimal, base: Decimal) -> tuple[int, int]:
    """What is kept of a weight, as whole numbers: so many parts of so many."""
    above, below = percent.as_integer_ratio()
    base_above, base_below = base.as_integer_ratio()
    whole = 100 * below * base_below
    return whole - max(0, above * base_below - base_above * below), whole


def settled(
    gross_g: int, tare_g: int, payable_g: int, rate: int, floor: int, flags: tuple[str, ...]
) -> Settled:
    """Return the weighing worked out: the amount is the payable grams at the rate."""
    return Settled(gross_g - tare_g, payable_g, amount_paise(payable_g, rate), floor, flags)
