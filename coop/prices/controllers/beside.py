"""What stands beside a notice's draft, told by a domain above this one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from coop.cooperatives.rules import District
from coop.kernel.db import Transaction


class Note(Protocol):
    """A note names its district; the rest is between who measures and the template."""

    @property
    def district_lgd(self) -> int:
        """Code of the Local Government Directory."""
        ...


Measuring = Callable[[Transaction, Sequence[int]], Awaitable[Sequence[Note]]]
_measuring: list[Measuring] = []


@dataclass(frozen=True, slots=True)
class Beside:
    """A district's note; ``note`` as ``templates/livelihoods/_floor_note.html`` draws it."""

    district: District
    note: Note


def hand_in(measuring: Measuring) -> None:
    """Say who measures what a kilo would have to bring; asked once at start-up."""
    _measuring[:] = [measuring]


async def notes_for(tx: Transaction, districts: Sequence[District]) -> tuple[Beside, ...]:
    """The notes of districts; none where nobody measures."""
    known = {one.code: one for one in districts}
    found = [note for ask in _measuring for note in await ask(tx, list(known))]
    return tuple(Beside(known[note.district_lgd], note) for note in found)
