"""Which hamlets nobody works in: partners, facilitators, activities. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A village and a tola by their keys and as they are spelt, with the households listed there."""

    village_key: str
    tola_key: str
    village: str
    tola: str
    households: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works, by keys; an empty tola is the whole village."""

    village_key: str
    tola_key: str = ""

    def covers(self, hamlet: Hamlet) -> bool:
        """Whether the hamlet lies in this place."""
        return self.village_key == hamlet.village_key and self.tola_key in ("", hamlet.tola_key)


@dataclass(frozen=True, slots=True)
class Done:
    """An activity, and the day on which it was."""

    place: Place
    on: date


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A hamlet, who works there, and the day of the last activity in time."""

    hamlet: Hamlet
    partner: bool
    facilitator: bool
    active_on: date | None

    @property
    def gaps(self) -> int:
        """How many of the three are missing."""
        return (not self.partner) + (not self.facilitator) + (self.active_on is None)


def coverage(
    hamlets: Sequence[Hamlet],
    partners: Sequence[Place],
    facilitators: Sequence[Place],
    done: Sequence[Done],
    today: date,
    within_days: int,
) -> tuple[CoverageLine, ...]:
    """Every hamlet, the least covered first, then the one with most households."""
    since = today - timedelta(days=within_days)
    recent = [one for one in done if since <= one.on <= today]
    lines = [
        CoverageLine(
            hamlet,
            any(one.covers(hamlet) for one in partners),
            any(one.covers(hamlet) for one in facilitators),
            max((one.on for one in recent if one.place.covers(hamlet)), default=None),
        )
        for hamlet in hamlets
    ]
    return tuple(
        sorted(
            lines, key=lambda x: (-x.gaps, -x.hamlet.households, x.hamlet.village, x.hamlet.tola)
        )
    )
