"""A sample that nobody chooses and anybody can draw again. Pure."""

import hashlib
from collections.abc import Iterable

SAMPLE_SIZE = 30


def place_in_draw(seed: str, number: str) -> str:
    """Where a receipt stands in a draw: SHA-256 in hex of the seed, a colon and its number, UTF-8.

    >>> place_in_draw("2026-11", "KDM01-26-S00001")[:8]
    'cafa2816'
    """
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def drawn(seed: str, numbers: Iterable[str], size: int = SAMPLE_SIZE) -> list[str]:
    """The receipts drawn by a seed: those that stand first, in the order of their places.

    Whoever holds the list of numbers and the seed draws the same; the order of the list is nothing to it.
    """
    return sorted(set(numbers), key=lambda number: place_in_draw(seed, number))[:size]
