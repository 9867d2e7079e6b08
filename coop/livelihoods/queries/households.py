"""One household: what its members weighed, what it told, whether it agreed; within reach."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.livelihoods.rules.income import MonthEarned, Span, ToldIncome


@dataclass(frozen=True, slots=True)
class HomeKnown:
    """A household by its number, with how many people and how many members it has."""

    id: int
    cooperative_id: int
    code: str
    number: str
    state_lgd: int
    village: str
    people: int
    members: int


async def home_of(tx: Transaction, number: str) -> HomeKnown | None:
    """The household of a number; None out of reach."""
    row = await tx.fetchrow(
        """SELECT h.id, h.cooperative_id, c.code, h.household_no, c.state_lgd, coalesce(v.village, '') AS village,
                  (SELECT count(*) FROM person_home o WHERE o.household_id = h.id)::int AS people,
                  (SELECT count(*) FROM person_home o JOIN member m ON m.person_id = o.person_id WHERE o.household_id = h.id
                     AND NOT EXISTS (SELECT FROM member_cessation x WHERE x.member_id = m.id))::int AS members
           FROM household h JOIN cooperative c ON c.id = h.cooperative_id
           LEFT JOIN LATERAL (SELECT village FROM household_version x WHERE x.household_id = h.id ORDER BY version DESC LIMIT 1) v ON true
           WHERE h.household_no = $1""",
        number,
    )
    return None if row is None else HomeKnown(*row.values())


async def has_agreed(tx: Transaction, household_id: int) -> bool:
    """Whether the household's last word was yes."""
    given = await tx.fetchval(
        "SELECT given FROM income_consent WHERE household_id = $1 ORDER BY id DESC LIMIT 1",
        household_id,
    )
    return bool(given)


async def refused_on(tx: Transaction, household_id: int) -> date | None:
    """The day on which the household said no, where that is its last word."""
    row = await tx.fetchrow(
        "SELECT given, given_on FROM income_consent WHERE household_id = $1 ORDER BY id DESC LIMIT 1",
        household_id,
    )
    return None if row is None or row["given"] else row["given_on"]


async def told(tx: Transaction, household_id: int) -> list[ToldIncome]:
    """The last word on each source, in the order of telling."""
    rows = await tx.fetch(
        """SELECT * FROM (SELECT DISTINCT ON (source) id, source, low_paise, high_paise, told_on FROM other_income
             WHERE household_id = $1 ORDER BY source, id DESC) AS i ORDER BY id""",
        household_id,
    )
    return [
        ToldIncome(row["source"], Span(row["low_paise"], row["high_paise"]), row["told_on"])
        for row in rows
    ]


async def earned(tx: Transaction, household_id: int, since: date) -> list[MonthEarned]:
    """What its members weighed, by month from a day on, the latest first; what was taken back is not counted."""
    rows = await tx.fetch(
        """SELECT date_trunc('month', w.weighed_day)::date AS month, sum(w.amount_paise)::bigint, sum(w.payable_grams)::bigint,
                  count(DISTINCT (w.member_id, w.weighed_day))::int
           FROM person_home o JOIN member m ON m.person_id = o.person_id
           JOIN weighing w ON w.cooperative_id = m.cooperative_id AND w.member_id = m.id
           WHERE o.household_id = $1 AND w.weighed_day >= $2
             AND NOT EXISTS (SELECT FROM weighing_reversal v
                             WHERE (v.cooperative_id, v.weighing_fy, v.weighing_no) = (w.cooperative_id, w.fy, w.no))
           GROUP BY 1 ORDER BY 1 DESC""",
        household_id,
        since,
    )
    return [MonthEarned(*row.values()) for row in rows]
