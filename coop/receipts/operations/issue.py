"""Places for receipts: random ids, unused status places, the number that comes next."""

import secrets
from collections.abc import Sequence

from coop.kernel import clock
from coop.kernel.db import Transaction

PLACES_A_LIST = 1 << 17
_DRAWS = 4  # a list is left when half of the draws hit taken places


def draw_places(list_no: int, receipts: int) -> list[int]:
    """Draw candidates for status places in a list, several a receipt, none twice."""
    first = list_no * PLACES_A_LIST
    drawn: set[int] = set()
    while len(drawn) < receipts * _DRAWS:
        drawn.add(first + secrets.randbelow(PLACES_A_LIST))
    return list(drawn)


def free_places(candidates: Sequence[int], taken: Sequence[int], receipts: int) -> list[int] | None:
    """The unused ones, or None where the list is too full to go on with."""
    used = set(taken)
    free = [place for place in candidates if place not in used]
    return free[:receipts] if len(free) >= receipts and 2 * len(free) >= len(candidates) else None


def draw_cti() -> bytes:
    """A receipt's id, unique for ever: ten random bytes."""
    return secrets.token_bytes(10)


async def open_next_list(tx: Transaction, cooperative_id: int) -> int:
    """Open a cooperative's next status list; return its number. Its chain is locked already."""
    return int(
        await tx.fetchval(
            "INSERT INTO status_list (cooperative_id, opened_at) VALUES ($1, $2) RETURNING n",
            cooperative_id,
            clock.now(),
        )
    )
