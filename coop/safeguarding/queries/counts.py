"""Half-years of indicators as they were told, and what each indicator means."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction
from coop.safeguarding.rules.counts import Half, Indicator, Shown, Told


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an indicator means, and where that is known from; not ``verified``: nobody compared it."""

    code: Indicator
    name_en: str
    name_hi: str
    means_en: str
    means_hi: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class HalfTold:
    """A half-year as it was told."""

    id: int
    half: Half
    published_at: datetime
    told: Told


async def meanings(tx: Transaction, on: date) -> tuple[Meaning, ...]:
    """The indicators of a day, in order."""
    rows = await tx.fetch(
        """SELECT * FROM (SELECT DISTINCT ON (code) code, words_en, words_hi, means_en, means_hi, source, verified, place
             FROM safeguarding.indicator WHERE holds_from <= $1 ORDER BY code, holds_from DESC) i ORDER BY place""",
        on,
    )
    return tuple(Meaning(Indicator(row[0]), *list(row.values())[1:7]) for row in rows)


async def halves_told(tx: Transaction, cooperative_id: int) -> tuple[HalfTold, ...]:
    """A cooperative's published half-years, the oldest first."""
    cells: dict[int, dict[Indicator, Shown]] = defaultdict(dict)
    for row in await tx.fetch(
        "SELECT report_id, code, shown, hidden FROM safeguarding.indicator_cell WHERE cooperative_id = $1",
        cooperative_id,
    ):
        cells[row["report_id"]][Indicator(row["code"])] = Shown(row["shown"], row["hidden"])
    rows = await tx.fetch(
        """SELECT id, half_from, published_at FROM safeguarding.indicator_report WHERE cooperative_id = $1
           ORDER BY half_from""",
        cooperative_id,
    )
    return tuple(HalfTold(row[0], Half(row[1]), row[2], cells[row[0]]) for row in rows)
