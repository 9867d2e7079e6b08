"""Counts of the benefit desk: what was unlocked, what waits, what stands in the way; no names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.schemes.queries.households import ALIVE

# The last event of each application.
_LAST = """SELECT DISTINCT ON (e.application_id) e.application_id, e.state, e.on_day, a.household_id, a.scheme
           FROM application_event e JOIN scheme_application a ON a.id = e.application_id
           ORDER BY e.application_id, e.seq DESC"""
_VILLAGE = """LEFT JOIN LATERAL (SELECT village FROM household_version x WHERE x.household_id = h.id
              ORDER BY version DESC LIMIT 1) v ON true"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many applications and households a word stands for."""

    word: str
    count: int
    households: int


@dataclass(frozen=True, slots=True)
class VillageMoney:
    """Paise seen in a village, of how many households, and what the largest of them had."""

    village: str
    households: int
    paise: int
    largest: int


@dataclass(frozen=True, slots=True)
class Stood:
    """Where an application stands since when."""

    state: str
    since: date
    household_id: int
    scheme: str


@dataclass(frozen=True, slots=True)
class CampRow:
    """A paper that somebody has to get. ``opens``: how many schemes ask for it."""

    paper: str
    tola: str
    name_hi: str
    name_latin: str
    person_no: str
    household_no: str
    mobile: bool
    home_visit: bool


async def seen_by_household(tx: Transaction, first: date, last: date) -> Mapping[int, int]:
    """Paise of benefits seen between two days, by household; goods count nothing."""
    rows = await tx.fetch(
        """SELECT a.household_id, sum(b.paise)::bigint AS paise FROM benefit_seen b JOIN scheme_application a ON a.id = b.application_id
           WHERE b.on_day BETWEEN $1 AND $2 GROUP BY 1""",
        first,
        last,
    )
    return {row["household_id"]: row["paise"] for row in rows}


async def unlocked_by_village(tx: Transaction, first: date, last: date) -> list[VillageMoney]:
    """Money seen between two days, by village."""
    rows = await tx.fetch(
        f"""SELECT coalesce(v.village, '') AS village, count(*)::int, sum(s.paise)::bigint, max(s.paise)::bigint
            FROM (SELECT a.household_id, sum(b.paise) AS paise FROM benefit_seen b JOIN scheme_application a ON a.id = b.application_id
                  WHERE b.on_day BETWEEN $1 AND $2 AND b.paise > 0 GROUP BY 1) s
            JOIN household h ON h.id = s.household_id {_VILLAGE} GROUP BY 1 ORDER BY 1""",  # noqa: S608  # our own words
        first,
        last,
    )
    return [VillageMoney(*row.values()) for row in rows]


async def screened_households(tx: Transaction, first: date, last: date) -> frozenset[int]:
    """Households with a check between two days."""
    rows = await tx.fetch(
        "SELECT DISTINCT household_id FROM screening WHERE on_day BETWEEN $1 AND $2", first, last
    )
    return frozenset(row["household_id"] for row in rows)


async def last_states(tx: Transaction) -> list[Stood]:
    """Each application's last event and household; private schemes are left to the caller."""
    rows = await tx.fetch(_LAST)
    return [Stood(row["state"], row["on_day"], row["household_id"], row["scheme"]) for row in rows]


async def by_barrier(tx: Transaction) -> list[Count]:
    """Barriers by how often they were met."""
    rows = await tx.fetch(
        """SELECT d.code, count(*), count(DISTINCT a.household_id) FROM application_detail d
           JOIN application_event e ON e.id = d.event_id JOIN scheme_application a ON a.id = e.application_id
           WHERE d.kind = 'barrier' GROUP BY 1 ORDER BY 2 DESC, 1"""
    )
    return [Count(*row.values()) for row in rows]


async def by_paper(tx: Transaction) -> list[Count]:
    """Papers by how many households miss them, by the last word on each."""
    rows = await tx.fetch(
        """SELECT paper, count(*), count(DISTINCT household_id) FROM (
             SELECT DISTINCT ON (household_id, person_id, paper) household_id, paper, seen FROM scheme_paper
             ORDER BY household_id, person_id, paper, id DESC) AS l
           WHERE NOT seen GROUP BY 1 ORDER BY 3 DESC, 1"""
    )
    return [Count(*row.values()) for row in rows]


async def open_by_village(tx: Transaction) -> list[Count]:
    """Schemes that fit at the last check and are not applied for, by village."""
    rows = await tx.fetch(
        f"""SELECT coalesce(v.village, ''), count(*), count(DISTINCT s.household_id) FROM (
              SELECT DISTINCT ON (household_id) id, household_id FROM screening ORDER BY household_id, id DESC) AS s
            JOIN screening_result r ON r.screening_id = s.id AND r.result = 'eligible'
            JOIN household h ON h.id = s.household_id {_VILLAGE}
            WHERE NOT EXISTS (SELECT FROM scheme_application a LEFT JOIN person p ON p.id = a.person_id
              WHERE a.household_id = s.household_id AND a.scheme = r.scheme AND coalesce(p.person_no, 'household') = r.applicant)
            GROUP BY 1 ORDER BY 2 DESC, 1"""  # noqa: S608  # our own words
    )
    return [Count(*row.values()) for row in rows]


async def villages(tx: Transaction) -> list[str]:
    """Villages of households that have a paper to get."""
    rows = await tx.fetch(
        f"""SELECT DISTINCT v.village FROM household h {_VILLAGE}
            WHERE v.village <> '' AND EXISTS (SELECT FROM scheme_paper s WHERE s.household_id = h.id) ORDER BY 1"""  # noqa: S608  # our own words
    )
    return [row["village"] for row in rows]


async def camp_rows(tx: Transaction, village: str) -> list[CampRow]:
    """Papers to get in a village, of grown persons whose household agreed, by paper, tola and name."""
    rows = await tx.fetch(
        f"""SELECT s.paper, coalesce(v.tola, '') AS tola, coalesce(n.name_hi, '') AS name_hi, coalesce(n.name_latin, '') AS name_latin,
                  p.person_no, h.household_no, coalesce(n.mobile, '') <> '' AS mobile,
                  EXISTS (SELECT FROM application_detail d JOIN application_event e ON e.id = d.event_id
                          JOIN scheme_application a ON a.id = e.application_id
                          WHERE a.person_id = p.id AND d.kind = 'barrier' AND d.code IN ('DISABILITY', 'FAR', 'TIME')) AS home_visit
           FROM (SELECT DISTINCT ON (household_id, person_id, paper) household_id, person_id, paper, seen FROM scheme_paper
                 ORDER BY household_id, person_id, paper, id DESC) AS s
           JOIN household h ON h.id = s.household_id JOIN person p ON p.id = s.person_id
           JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id ORDER BY x.told_by DESC, x.version DESC LIMIT 1) n ON true
           JOIN LATERAL (SELECT * FROM household_version x WHERE x.household_id = h.id ORDER BY version DESC LIMIT 1) v ON true
           JOIN LATERAL (SELECT given FROM scheme_consent c WHERE c.household_id = h.id AND c.person_id IS NULL
                         ORDER BY c.id DESC LIMIT 1) g ON g.given
           WHERE NOT s.seen AND v.village = $1 AND {ALIVE} ORDER BY s.paper, v.tola, n.name_hi, p.person_no""",  # noqa: S608  # our own words
        village,
    )
    return [CampRow(*row.values()) for row in rows]
