"""What stands beside a notice's draft: the floor that would close the gap, district by district."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coop.cooperatives.queries import cooperatives
from coop.kernel.db import Transaction
from coop.kernel.words import Said
from coop.livelihoods.controllers.overview import KINDS
from coop.livelihoods.controllers.parts import gap_of
from coop.livelihoods.rules.floor import Worked


@dataclass(frozen=True, slots=True)
class FloorNote:
    """A district's measure; no ``lines``: too few days. Grams, paise."""

    district_lgd: int
    first: date
    last: date
    member_days: int
    median_grams: int
    lines: tuple[tuple[Said, Worked], ...]


async def floor_note(tx: Transaction, districts: Sequence[int]) -> tuple[FloorNote, ...]:
    """Measure the cooperatives of districts against the benchmarks; for who sets a floor.

    A note, no rule: a floor below it is published as any other.
    """
    states = {one.district_lgd: one.state_lgd for one in await cooperatives(tx)}
    found = []
    for district in districts:
        if district in states:
            gap = await gap_of(tx, states[district], district_lgd=district)
            seen = gap.measured
            lines = tuple((KINDS[one.benchmark.kind], one) for one in gap.works)
            found.append(
                FloorNote(
                    district, seen.first, seen.last, seen.member_days, seen.median_grams, lines
                )
            )
    return tuple(found)
