"""Monthly checklists: the questions, sheets of a span, villages to go through, what others recorded of them."""

from dataclasses import dataclass
from datetime import date

from coop.community.queries.work import hamlets
from coop.community.rules.checklist import Check, Item, ItemCount, Seen, SeenByOthers
from coop.cooperatives.queries import CooperativeRow, bylaws, value_on
from coop.kernel.db import Transaction
from coop.kernel.quarter import Quarter
from coop.kernel.words import Said
from coop.members.rules.names import place_key
from coop.sites.queries import sites

# The last sheet of a village and month; what it puts right stays as a row and is not shown.
_SHEETS = """
SELECT DISTINCT ON (date_trunc('month', c.on_day), c.village_key) c.village, c.village_key, c.on_day, c.recorded_as,
       ARRAY(SELECT a.item || ' ' || a.answer FROM village_check_answer a WHERE a.check_id = c.id) AS answers
FROM village_check c WHERE c.cooperative_id = $1 AND c.on_day BETWEEN $2 AND $3
ORDER BY date_trunc('month', c.on_day) DESC, c.village_key, c.id DESC
"""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A sheet as it holds, and in which role it was recorded."""

    village_key: str
    check: Check
    recorded_as: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A sheet as the page shows it: what stands out, and where others saw it otherwise."""

    line: CheckLine
    out: tuple[Item, ...]
    otherwise: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class QuarterSheet:
    """Everything of a quarter; ``missing``: villages without a sheet of the running month."""

    owner: CooperativeRow
    quarter: Quarter
    items: tuple[Item, ...]
    rows: tuple[CheckRow, ...]
    counts: tuple[ItemCount, ...]
    villages: tuple[str, ...]
    missing: tuple[str, ...]


async def check_items(tx: Transaction, on: date) -> tuple[Item, ...]:
    """The questions of a day, in order."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (code) code, words_en, words_hi, good, source, verified, place FROM village_check_item
           WHERE holds_from <= $1 ORDER BY code, holds_from DESC""",
        on,
    )
    ordered = sorted(rows, key=lambda row: row["place"])
    return tuple(
        Item(r["code"], r["words_en"], r["words_hi"], Seen(r["good"]), r["source"], r["verified"])
        for r in ordered
    )


async def check_lines(
    tx: Transaction, cooperative_id: int, since: date, until: date
) -> tuple[CheckLine, ...]:
    """Sheets of a span of days, the latest month first."""
    found = []
    for row in await tx.fetch(_SHEETS, cooperative_id, since, until):
        answers = {item: Seen(said) for item, said in (one.split() for one in row["answers"])}
        check = Check(row["village"], row["on_day"], answers)
        found.append(CheckLine(row["village_key"], check, row["recorded_as"]))
    return tuple(found)


async def villages_of(tx: Transaction, cooperative_id: int) -> dict[str, str]:
    """The villages of the household list as they are spelt, by their keys."""
    found: dict[str, str] = {}
    for one in await hamlets(tx, cooperative_id):
        found.setdefault(one.village_key, one.village)
    return found


async def check_within(tx: Transaction, cooperative_id: int, on: date) -> int:
    """Days within which a sheet is entered."""
    return int(value_on(await bylaws(tx), "village_check_within", cooperative_id, on))


async def inspected(tx: Transaction) -> dict[str, tuple[date | None, frozenset[str]]]:
    """The last inspection and the dangers of the sites of each village, by the village's key.

    Asked before schooling's role is taken: sites are the application's rows.
    """
    found: dict[str, tuple[date | None, frozenset[str]]] = {}
    for site in (await sites(tx)).values():
        key = place_key(site.village)
        last, dangers = found.get(key, (None, frozenset()))
        days = [day for day in (last, site.visited_on) if day is not None]
        found[key] = (max(days, default=None), dangers | set(site.hazards))
    return found


async def seen_by_others(
    tx: Transaction,
    cooperative_id: int,
    inspections: dict[str, tuple[date | None, frozenset[str]]],
) -> dict[str, SeenByOthers]:
    """What others recorded, by the village's key."""
    rows = await tx.fetch(
        """SELECT c.village_key, array_agg(m.on_day) AS days FROM village_committee c
           JOIN committee_meeting m ON m.committee_id = c.id WHERE c.cooperative_id = $1 GROUP BY c.village_key""",
        cooperative_id,
    )
    met = {row["village_key"]: tuple(row["days"]) for row in rows}
    nothing: tuple[date | None, frozenset[str]] = (None, frozenset())
    return {
        key: SeenByOthers(*inspections.get(key, nothing), met.get(key, ()))
        for key in {*met, *inspections, *(await villages_of(tx, cooperative_id))}
    }
