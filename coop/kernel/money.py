"""Money is whole paise. Rupees exist only where a person reads or types them."""

from coop.kernel.number import parse_decimal, scaled

PAISE_PER_RUPEE = 100
NBSP = "\u00a0"


def parse_rupees(text: str) -> int:
    """Read rupees with at most two decimals as paise. Raises ValueError.

    >>> parse_rupees("10.75")
    1075
    """
    return scaled(parse_decimal(text), 2)


def amount_paise(grams: int, paise_per_kg: int) -> int:
    """Price a weight: half a paisa rounds up, once (receipt format MR1, body item 6).

    >>> amount_paise(15454, 1075)
    16613
    """
    return (grams * paise_per_kg + 500) // 1000


def indian_grouping(whole: int) -> str:
    """Group in lakh and crore.

    >>> indian_grouping(12345678)
    '1,23,45,678'
    """
    digits = str(abs(whole))
    head, tail = digits[:-3], digits[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ("-" if whole < 0 else "") + ",".join([*groups, tail])


def format_paise(paise: int) -> str:
    """Show paise as rupees without the sign of the rupee.

    >>> format_paise(1518075)
    '15,180.75'
    """
    sign = "-" if paise < 0 else ""
    rupees, rest = divmod(abs(paise), PAISE_PER_RUPEE)
    return f"{sign}{indian_grouping(rupees)}.{rest:02d}"


def format_rupees(paise: int) -> str:
    """Show paise with the rupee sign and a space that does not break; the minus stands before both.

    >>> format_rupees(-82)
    '−\xa0₹\xa00.82'
    """
    sign = f"−{NBSP}" if paise < 0 else ""
    return f"{sign}₹{NBSP}{format_paise(abs(paise))}"
