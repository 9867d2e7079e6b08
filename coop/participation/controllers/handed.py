"""What others hand in: who reads a box, and who takes a concern. Safeguarding stands above."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from coop.participation.queries.readers import readers_by_role
from coop.participation.rules import Concern, Reader

Readers = Callable[[int], Awaitable[Sequence[Reader]]]
RaiseConcern = Callable[[Concern], Awaitable[None]]


@dataclass(slots=True)
class _Handed:
    readers: Readers = readers_by_role
    raise_concern: RaiseConcern | None = None


_handed = _Handed()


def hand_in(readers: Readers | None = None, raise_concern: RaiseConcern | None = None) -> None:
    """Take the question who may read a cooperative's box now, and the verb that takes a concern.

    ``readers(cooperative_id)`` answers only those whose training holds. ``raise_concern`` may be
    called again with the same ``operation_id`` and then books nothing.
    """
    _handed.readers = readers or readers_by_role
    _handed.raise_concern = raise_concern


async def readers_of(cooperative_id: int) -> tuple[Reader, ...]:
    """Who reads a cooperative's box now."""
    return tuple(await _handed.readers(cooperative_id))


async def pass_on(concern: Concern) -> bool:
    """Hand a concern to safeguarding; False where nobody takes it, so that a person must."""
    if _handed.raise_concern is None:
        return False
    await _handed.raise_concern(concern)
    return True


def concerns_are_taken() -> bool:
    """Whether somebody takes concerns here."""
    return _handed.raise_concern is not None
