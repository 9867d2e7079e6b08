"""Village committees: seats, meetings, money; rounds of visits and what is estimated from them."""

from dataclasses import dataclass
from datetime import date, timedelta

from coop.community.queries.work import hamlets
from coop.community.rules.prevalence import Estimate, Round, estimate
from coop.community.rules.work import Meeting, Money
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel.db import Transaction
from coop.members.rules.names import place_key


@dataclass(frozen=True, slots=True)
class CommitteeLine:
    """A committee, its members, and when it must meet at the latest."""

    id: int
    village: str
    formed_on: date
    members: int
    women: int
    met_on: date | None
    due_on: date
    budget_paise: int
    spent_paise: int


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """Everything of a committee; ``seats``: role, sex, how many."""

    line: CommitteeLine
    seats: tuple[tuple[str, str, int], ...]
    meetings: tuple[Meeting, ...]
    money: tuple[Money, ...]


_LINES = """
SELECT c.id, c.village, c.formed_on,
  (SELECT coalesce(sum(s.seats), 0)::bigint FROM committee_seat s WHERE s.committee_id = c.id) AS members,
  (SELECT coalesce(sum(s.seats), 0)::bigint FROM committee_seat s WHERE s.committee_id = c.id AND s.sex = 'F') AS women,
  (SELECT max(m.on_day) FROM committee_meeting m WHERE m.committee_id = c.id) AS met_on,
  (SELECT coalesce(sum(x.amount_paise), 0)::bigint FROM committee_money x WHERE x.committee_id = c.id AND x.kind = 'budget') AS budget,
  (SELECT coalesce(sum(x.amount_paise), 0)::bigint FROM committee_money x WHERE x.committee_id = c.id AND x.kind = 'spent') AS spent
FROM village_committee c WHERE c.cooperative_id = $1 ORDER BY c.village
"""


async def committees(tx: Transaction, cooperative_id: int, today: date) -> list[CommitteeLine]:
    """A cooperative's committees, by village."""
    days = int(value_on(await bylaws(tx), "committee_meets_within", cooperative_id, today))
    return [
        CommitteeLine(
            row["id"],
            row["village"],
            row["formed_on"],
            row["members"],
            row["women"],
            row["met_on"],
            (row["met_on"] or row["formed_on"]) + timedelta(days=days),
            row["budget"],
            row["spent"],
        )
        for row in await tx.fetch(_LINES, cooperative_id)
    ]


async def committee(
    tx: Transaction, cooperative_id: int, committee_id: int, today: date
) -> CommitteePage | None:
    """One committee of a cooperative."""
    lines = await committees(tx, cooperative_id, today)
    line = next((one for one in lines if one.id == committee_id), None)
    if line is None:
        return None
    seats = await tx.fetch(
        "SELECT role, sex, seats FROM committee_seat WHERE committee_id = $1 AND seats > 0 ORDER BY id",
        committee_id,
    )
    meetings = await tx.fetch(
        """SELECT on_day, present, decisions FROM committee_meeting WHERE committee_id = $1
           ORDER BY on_day DESC, id DESC""",
        committee_id,
    )
    money = await tx.fetch(
        "SELECT kind, line, amount_paise, on_day FROM committee_money WHERE committee_id = $1 ORDER BY line, on_day, id",
        committee_id,
    )
    return CommitteePage(
        line,
        tuple((row[0], row[1], row[2]) for row in seats),
        tuple(Meeting(row[0], tuple(row[1]), row[2]) for row in meetings),
        tuple(Money(*row.values()) for row in money),
    )


async def estimates(tx: Transaction, cooperative_id: int, today: date) -> list[Estimate]:
    """What the latest round of each village says."""
    least = int(value_on(await bylaws(tx), "estimate_least_children", cooperative_id, today))
    homes: dict[str, int] = {}
    for one in await hamlets(tx, cooperative_id):
        homes[one.village_key] = homes.get(one.village_key, 0) + one.households
    rows = await tx.fetch(
        """SELECT village, on_day, whole, households_visited, children_seen, children_at_work FROM village_round
           WHERE cooperative_id = $1 ORDER BY on_day, id""",
        cooperative_id,
    )
    latest = {place_key(row["village"]): Round(*row.values()) for row in rows}
    return [
        estimate(one, homes.get(key, 0), least)
        for key, one in sorted(latest.items(), key=lambda pair: pair[1].village)
    ]
