"""Weight is whole grams. Kilograms exist only where a person reads or types them."""

from coop.kernel.money import indian_grouping
from coop.kernel.number import parse_decimal, scaled

GRAMS_PER_KG = 1000


def parse_kg(text: str) -> int:
    """Read kilograms with at most three decimals as grams. Raises ValueError.

    >>> parse_kg("१६.१")
    16100
    """
    return scaled(parse_decimal(text), 3)


def format_kg(grams: int) -> str:
    """Show grams as kilograms, always three decimals.

    >>> format_kg(1284350)
    '1,284.350'
    """
    sign = "-" if grams < 0 else ""
    kg, rest = divmod(abs(grams), GRAMS_PER_KG)
    return f"{sign}{indian_grouping(kg)}.{rest:03d}"
