"""Who was heard before which decision."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.participation.rules import Heard, Hearing

PAGE = 50


@dataclass(frozen=True, slots=True)
class RecordedHearing:
    """A hearing with its row and its cooperative, None for the agency's."""

    id: int
    code: str | None
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What a version of a site rests on: a hearing, or the reason why none was held."""

    hearing: RecordedHearing | None
    no_hearing_reason: str


async def hearings(
    tx: Transaction, *, only: int | None = None, before: int | None = None, most: int = PAGE
) -> list[RecordedHearing]:
    """Hearings within reach, the last recorded first."""
    rows = await tx.fetch(
        """SELECT h.id, c.code, h.cooperative_id, h.about, h.question, h.held_on, h.place, h.said, h.changed
           FROM hearing h LEFT JOIN cooperative c ON c.id = h.cooperative_id
           WHERE ($1::bigint IS NULL OR h.id = $1) AND ($2::bigint IS NULL OR h.id < $2) ORDER BY h.id DESC LIMIT $3""",
        only,
        before,
        most,
    )
    counted = defaultdict(list)
    for row in await tx.fetch(
        "SELECT hearing_id, band, sex, people FROM hearing_people WHERE hearing_id = ANY ($1::bigint[])",
        [row["id"] for row in rows],
    ):
        counted[row["hearing_id"]].append(Heard(row["band"], row["sex"], row["people"]))
    return [
        RecordedHearing(
            row["id"],
            row["code"],
            Hearing(
                row["cooperative_id"],
                row["about"],
                row["question"],
                row["held_on"],
                row["place"],
                tuple(sorted(counted[row["id"]], key=lambda one: (one.band, one.sex))),
                row["said"],
                row["changed"],
            ),
        )
        for row in rows
    ]


async def hearings_between(
    tx: Transaction, cooperative_id: int, first: date, end: date
) -> list[RecordedHearing]:
    """The hearings that a cooperative held from a day to before another; the agency's with them."""
    found = await hearings(tx, most=1000)
    return [
        one
        for one in found
        if one.hearing.cooperative_id in (cooperative_id, None)
        and first <= one.hearing.held_on < end
    ]


async def rests_on(tx: Transaction, site_code: str, version: int) -> RestsOn | None:
    """What a version of a site rests on; None: recorded before it was asked, from a list, or out of reach."""
    row = await tx.fetchrow(
        "SELECT hearing_id, no_hearing_reason FROM site_hearing WHERE site_code = $1 AND version <= $2"
        " ORDER BY version DESC LIMIT 1",
        site_code,
        version,
    )
    if row is None:
        return None
    found = await hearings(tx, only=row["hearing_id"]) if row["hearing_id"] else []
    if row["hearing_id"] and not found:
        return None
    return RestsOn(found[0] if found else None, row["no_hearing_reason"])
