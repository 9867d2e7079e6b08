"""Other livelihoods of households, and what came of them; within reach."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.livelihoods.rules.links import LinkStands, Step, due_on

_LINKS = """
SELECT l.id, h.household_no, l.household_id, l.programme, l.words, e.seq, e.state, e.on_day,
       (SELECT x.on_day FROM livelihood_link_event x WHERE x.link_id = l.id AND x.state = 'started') AS started_on,
       (SELECT x.monthly_paise FROM livelihood_link_event x WHERE x.link_id = l.id AND x.monthly_paise IS NOT NULL
        ORDER BY x.seq DESC LIMIT 1) AS monthly_paise, e.reason
FROM livelihood_link l JOIN household h ON h.id = l.household_id
JOIN LATERAL (SELECT * FROM livelihood_link_event x WHERE x.link_id = l.id ORDER BY x.seq DESC LIMIT 1) e ON true
"""


@dataclass(frozen=True, slots=True)
class LinkKnown:
    """A link as it stands; paise a month where its income was asked."""

    id: int
    household_no: str
    programme: str
    words: str
    seq: int
    stands: LinkStands
    monthly_paise: int | None
    reason: str

    @property
    def due(self) -> date | None:
        """When its income is to be asked next."""
        return due_on(self.stands)


@dataclass(frozen=True, slots=True)
class LinkCount:
    """Of a programme: how many households stand at a step."""

    programme: str
    step: Step
    households: int


async def links_of(tx: Transaction, household_id: int) -> list[LinkKnown]:
    """A household's, the newest first."""
    rows = await tx.fetch(_LINKS + " WHERE l.household_id = $1 ORDER BY l.id DESC", household_id)
    return [_known(row) for row in rows]


async def open_links(tx: Transaction, most: int = 200) -> list[LinkKnown]:
    """All that have not stopped, the longest untouched first."""
    rows = await tx.fetch(
        _LINKS + " WHERE e.state <> 'stopped' ORDER BY e.on_day, l.id LIMIT $1", most
    )
    return [_known(row) for row in rows]


async def link_stands(tx: Transaction, household_id: int, link_id: int) -> LinkKnown | None:
    """One link of a household; None where it has none of this id."""
    row = await tx.fetchrow(
        _LINKS + " WHERE l.household_id = $1 AND l.id = $2", household_id, link_id
    )
    return None if row is None else _known(row)


async def link_counts(tx: Transaction, cooperative_id: int) -> list[LinkCount]:
    """Households by programme and step, of one cooperative."""
    rows = await tx.fetch(
        f"""SELECT programme, state, count(DISTINCT household_id)::int FROM ({_LINKS} WHERE l.cooperative_id = $1) AS l
            GROUP BY 1, 2 ORDER BY 1, 2""",  # noqa: S608  # our own words
        cooperative_id,
    )
    return [LinkCount(row[0], Step(row[1]), row[2]) for row in rows]


def _known(row: object) -> LinkKnown:
    held = dict(row)  # type: ignore[call-overload]  # a record of asyncpg
    return LinkKnown(
        held["id"],
        held["household_no"],
        held["programme"],
        held["words"],
        held["seq"],
        LinkStands(Step(held["state"]), held["on_day"], held["started_on"]),
        held["monthly_paise"],
        held["reason"],
    )
