"""Children as they are known now, within reach. Every function needs schooling's role."""

from dataclasses import dataclass
from datetime import date, timedelta

from asyncpg import Record

from coop.cooperatives.queries import bylaws, value_on
from coop.kernel.clock import full_years
from coop.kernel.db import Transaction
from coop.schooling.rules.consent import Answer, ChildParticulars, Guardian, Purpose

# A child's line: who, where, the last answer to the look-up, and what is kept with a live consent.
_CHILDREN = """
SELECT c.person_id, c.cooperative_id, o.code AS cooperative, p.person_no, coalesce(h.household_no, '') AS household_no,
       coalesce(hv.village, '') AS village, hv.district_lgd, coalesce(a.answer, '') AS answer, coalesce(a.how, '') AS how,
       v.id AS version_id, v.name_latin, v.name_hi, v.sex, v.dob, v.dob_precision, v.father_name, v.mother_name,
       v.disability_pct
FROM child c JOIN cooperative o ON o.id = c.cooperative_id JOIN person p ON p.id = c.person_id
LEFT JOIN person_home ph ON ph.person_id = p.id LEFT JOIN household h ON h.id = ph.household_id
LEFT JOIN LATERAL (SELECT village, district_lgd FROM household_version x WHERE x.household_id = h.id
                   ORDER BY x.version DESC LIMIT 1) hv ON true
LEFT JOIN LATERAL (SELECT answer, how FROM guardian_consent x WHERE x.person_id = c.person_id
                   AND x.purpose = 'school_check' ORDER BY x.id DESC LIMIT 1) a ON true
LEFT JOIN LATERAL (SELECT * FROM child_version x WHERE x.person_id = c.person_id
                   ORDER BY x.version DESC LIMIT 1) v ON true
"""
_GUARDIANS = """
SELECT p.id, p.person_no, coalesce(v.name_latin, '') AS name_latin, coalesce(v.name_hi, '') AS name_hi, v.dob, g.relation,
       g.id AS guardianship_id
FROM guardianship g JOIN person p ON p.id = g.guardian_person_id LEFT JOIN guardianship_end e ON e.guardianship_id = g.id
LEFT JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id
                   ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
WHERE g.person_id = $1 AND (g.from_day IS NULL OR g.from_day <= $2) AND (e.until_day IS NULL OR e.until_day > $2)
ORDER BY g.id
"""


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child as listed. ``known`` None: nothing is kept; ``answer`` is the last to the look-up."""

    person_id: int
    cooperative_id: int
    cooperative: str
    person_no: str
    household_no: str
    village: str
    district_lgd: int | None
    answer: str
    how: str
    known: ChildParticulars | None

    @property
    def consent(self) -> bool:
        """Whether a guardian's consent to the look-up lives."""
        return self.answer == Answer.GIVEN and self.known is not None

    @property
    def initial(self) -> str:
        """The first letter, as lists show a child."""
        if self.known is None:
            return ""
        return (self.known.name_hi or self.known.name_latin)[:1]


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """A guardian on a day, and how they are related to the child."""

    guardian: Guardian
    relation: str
    guardianship_id: int


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """The last answer to a purpose."""

    purpose: Purpose
    answer: Answer
    answered_on: date
    how: str


async def children(tx: Transaction) -> list[ChildLine]:
    """Every listed child, by number."""
    return [_line(row) for row in await tx.fetch(_CHILDREN + " ORDER BY p.person_no")]


async def child_named(tx: Transaction, person_no: str) -> ChildLine | None:
    """The child of a number."""
    row = await tx.fetchrow(_CHILDREN + " WHERE p.person_no = $1", person_no)
    return _line(row) if row is not None else None


async def child_of(tx: Transaction, person_id: int) -> ChildLine | None:
    """The child of a row id."""
    row = await tx.fetchrow(_CHILDREN + " WHERE c.person_id = $1", person_id)
    return _line(row) if row is not None else None


async def past_keeping(tx: Transaction, today: date) -> dict[int, list[ChildLine]]:
    """Who is of age for longer than a child's record is kept, by cooperative; dated parameters."""
    rows = await bylaws(tx)
    found: dict[int, list[ChildLine]] = {}
    for line in await children(tx):
        born = line.known.dob if line.known else None
        days = int(value_on(rows, "child_kept_after_18", line.cooperative_id, today))
        age = int(value_on(rows, "adult_age", None, today))
        if born is not None and full_years(born, today - timedelta(days=days)) >= age:
            found.setdefault(line.cooperative_id, []).append(line)
    return found


def _line(row: Record) -> ChildLine:
    values = list(row.values())
    known = ChildParticulars(*values[10:]) if values[9] is not None else None
    return ChildLine(*[*values[:9], known])


async def guardians_on(tx: Transaction, person_id: int, on: date) -> list[GuardianLine]:
    """Who is a child's guardian on a day."""
    return [
        GuardianLine(
            Guardian(row["id"], row["person_no"], row["name_latin"], row["name_hi"], row["dob"]),
            row["relation"],
            row["guardianship_id"],
        )
        for row in await tx.fetch(_GUARDIANS, person_id, on)
    ]


async def adult_named(tx: Transaction, person_no: str) -> Guardian | None:
    """A person of the household list who is no child."""
    row = await tx.fetchrow(
        """SELECT p.id, p.person_no, coalesce(v.name_latin, '') AS name_latin, coalesce(v.name_hi, '') AS name_hi, v.dob
           FROM person p LEFT JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id
                ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
           WHERE p.person_no = $1 AND NOT EXISTS (SELECT FROM child c WHERE c.person_id = p.id)""",
        person_no,
    )
    return Guardian(*row.values()) if row is not None else None


async def consents_of(tx: Transaction, person_id: int) -> list[ConsentLine]:
    """The last answer to each purpose, in the order in which they are asked."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (purpose) purpose, answer, answered_on, how FROM guardian_consent
           WHERE person_id = $1 ORDER BY purpose, id DESC""",
        person_id,
    )
    lines = [
        ConsentLine(Purpose(r["purpose"]), Answer(r["answer"]), r["answered_on"], r["how"])
        for r in rows
    ]
    order = list(Purpose)
    return sorted(lines, key=lambda line: order.index(line.purpose))


async def live_purposes(tx: Transaction, person_id: int) -> frozenset[Purpose]:
    """To what a guardian's consent lives."""
    lines = await consents_of(tx, person_id)
    return frozenset(line.purpose for line in lines if line.answer is Answer.GIVEN)


async def guardian_numbers(tx: Transaction) -> dict[int, tuple[int, str]]:
    """Of each child the guardian's row id and relation of the latest guardianship."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (person_id) person_id, guardian_person_id, relation
           FROM guardianship ORDER BY person_id, id DESC"""
    )
    return {row["person_id"]: (row["guardian_person_id"], row["relation"]) for row in rows}
