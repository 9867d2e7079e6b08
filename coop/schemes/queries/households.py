"""A household as the benefit desk knows it: people, agreements, answers, papers; within reach."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.gathering import Agreed, RegisteredHousehold, RegisteredPerson, Told

_NO_LIST = RegisteredHousehold(None, "", "", None, None, None)

# Of whoever was a member the book says that they died; of others nobody writes it down.
ALIVE = """NOT EXISTS (SELECT FROM member dead JOIN member_ended ended ON ended.member_id = dead.id
             WHERE dead.person_id = p.id AND ended.reason = 'died')"""


@dataclass(frozen=True, slots=True)
class Desk:
    """Row ids of the household and, where it is about one, of the person."""

    cooperative_id: int
    household_id: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class HouseholdKnown:
    """A household by its number. ``head``: the person number of who stands first on the list."""

    id: int
    cooperative_id: int
    cooperative: str
    number: str
    village: str
    tola: str
    block: str
    head: str
    registered: RegisteredHousehold


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """A person of a household; ``name_hi`` and ``name_latin`` are empty where no name is kept."""

    id: int
    person_no: str
    name_hi: str
    name_latin: str
    mobile: bool
    registered: RegisteredPerson


@dataclass(frozen=True, slots=True)
class PaperKnown:
    """The last word on a paper of an applicant."""

    applicant: str
    paper: str
    seen: bool
    noted_on: date


async def household(tx: Transaction, number: str) -> HouseholdKnown | None:
    """The household of a number, with its newest line in the list; None out of reach."""
    row = await tx.fetchrow(
        """SELECT h.id, h.cooperative_id, c.code, h.household_no, coalesce(v.village, '') AS village,
                  coalesce(v.tola, '') AS tola, coalesce(v.block, '') AS block, coalesce(v.head_person_no, '') AS head,
                  v.state_lgd, v.ration_type, v.house, v.land_hundredths_acre, v.pvtg, v.minority
           FROM household h JOIN cooperative c ON c.id = h.cooperative_id
           LEFT JOIN LATERAL (SELECT * FROM household_version x WHERE x.household_id = h.id ORDER BY version DESC LIMIT 1) v ON true
           WHERE h.household_no = $1""",
        number,
    )
    if row is None:
        return None
    listed = RegisteredHousehold(
        row["state_lgd"],
        row["ration_type"],
        row["house"],
        row["land_hundredths_acre"],
        row["pvtg"],
        row["minority"],
    )
    return HouseholdKnown(
        row["id"],
        row["cooperative_id"],
        row["code"],
        number,
        row["village"],
        row["tola"],
        row["block"],
        row["head"],
        _NO_LIST if row["ration_type"] is None else listed,
    )


async def people(tx: Transaction, household_id: int) -> list[PersonKnown]:
    """Everybody who lives in a household, by number; the member book's word before the list's.

    Who moved away is asked where they live now; who died applies for nothing.
    """
    rows = await tx.fetch(
        f"""SELECT p.id, p.person_no, coalesce(v.name_hi, '') AS name_hi, coalesce(v.name_latin, '') AS name_latin,
                  coalesce(v.mobile, '') <> '' AS mobile, v.id IS NOT NULL AS known,
                  EXISTS (SELECT FROM member m WHERE m.person_id = p.id
                          AND NOT EXISTS (SELECT FROM member_cessation x WHERE x.member_id = m.id)) AS member,
                  coalesce(v.sex, '') AS sex, v.dob, coalesce(v.dob_precision, 'day') AS dob_precision
           FROM person p
           LEFT JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id
                              ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
           WHERE p.id IN (SELECT id FROM person WHERE household_id = $1 UNION SELECT person_id FROM household_move WHERE household_id = $1)
             AND (SELECT o.household_id FROM person_home o WHERE o.person_id = p.id) = $1 AND {ALIVE} ORDER BY p.person_no""",  # noqa: S608  # our own words
        household_id,
    )
    return [
        PersonKnown(
            row["id"],
            row["person_no"],
            row["name_hi"],
            row["name_latin"],
            row["mobile"],
            RegisteredPerson(
                row["person_no"],
                row["known"],
                row["member"],
                row["sex"],
                row["dob"],
                row["dob_precision"],
            ),
        )
        for row in rows
    ]


async def agreed(tx: Transaction, household_id: int) -> Agreed:
    """Who has agreed to be asked; the last word of each holds."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (c.person_id) p.person_no, c.given FROM scheme_consent c LEFT JOIN person p ON p.id = c.person_id
           WHERE c.household_id = $1 ORDER BY c.person_id, c.id DESC""",
        household_id,
    )
    given = {row["person_no"] for row in rows if row["given"]}
    return Agreed(None in given, frozenset(one for one in given if one is not None))


async def refused_today(tx: Transaction, household_id: int, on: date) -> bool:
    """Whether the household said no on this day: it is not asked again on the same day."""
    last = await tx.fetchrow(
        "SELECT given, given_on FROM scheme_consent WHERE household_id = $1 AND person_id IS NULL ORDER BY id DESC LIMIT 1",
        household_id,
    )
    return last is not None and not last["given"] and last["given_on"] == on


async def told(tx: Transaction, household_id: int) -> list[Told]:
    """The last answer to each fact."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (a.person_id, a.fact) p.person_no, a.fact, a.value, a.told_on
           FROM scheme_answer a LEFT JOIN person p ON p.id = a.person_id
           WHERE a.household_id = $1 ORDER BY a.person_id, a.fact, a.id DESC""",
        household_id,
    )
    return [Told(row[0] or HOUSEHOLD, *tuple(row.values())[1:]) for row in rows]


async def papers(tx: Transaction, household_id: int) -> list[PaperKnown]:
    """The last word on each paper of each applicant."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (a.person_id, a.paper) p.person_no, a.paper, a.seen, a.noted_on
           FROM scheme_paper a LEFT JOIN person p ON p.id = a.person_id
           WHERE a.household_id = $1 ORDER BY a.person_id, a.paper, a.id DESC""",
        household_id,
    )
    return [PaperKnown(row[0] or HOUSEHOLD, *tuple(row.values())[1:]) for row in rows]
