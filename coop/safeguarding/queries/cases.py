"""Cases with their concerns and lines, and what decides on who reads them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.safeguarding.queries.readers import readers
from coop.safeguarding.rules.acts import Duty
from coop.safeguarding.rules.book import Concern, Kind, Line
from coop.safeguarding.rules.readers import CaseFacts, Reader
from coop.safeguarding.rules.readers import reads as rule_reads
from coop.safeguarding.rules.state import DAYS, Days, standing
from coop.schooling.queries.children import ChildLine, child_named, child_of

_CASES = """
SELECT c.id, c.cooperative_id, o.code, c.case_no FROM safeguarding.protection_case c
JOIN cooperative o ON o.id = c.cooperative_id
WHERE ($1::varchar IS NULL OR c.case_no = $1) AND ($2::bigint IS NULL OR c.id = $2) ORDER BY c.id
"""
_CONCERNS = """
SELECT n.case_id, n.id, n.source, n.about, n.danger_now, n.names_reader, coalesce(w.words, '') AS words, n.raised_by,
       n.raised_at FROM safeguarding.concern n LEFT JOIN safeguarding.case_words w ON w.id = n.words_id
WHERE n.case_id = ANY ($1) ORDER BY n.id
"""
_LINES = """
SELECT l.case_id, l.id, l.kind, l.on_day, l.choice, l.second, l.third, l.shared, l.about_id, l.due_on,
       coalesce(w.words, '') AS words, l.recorded_by, l.recorded_at
FROM safeguarding.case_line l LEFT JOIN safeguarding.case_words w ON w.id = l.words_id
WHERE l.case_id = ANY ($1) ORDER BY l.id
"""
# Who lives with a child or may answer for it: with them a focal point is related.
_RELATED = """
SELECT o.person_id FROM person_home h JOIN person_home o ON o.household_id = h.household_id WHERE h.person_id = $1
UNION SELECT g.guardian_person_id FROM guardianship g WHERE g.person_id = $1
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as a reader sees it. ``child`` None: not found in the list."""

    id: int
    cooperative: str
    case_no: str
    facts: CaseFacts
    child: ChildLine | None


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes: the account, everybody named, and the days of the parameters."""

    user_id: int
    readers: tuple[Reader, ...]
    days: Days
    today: date

    def sees(self, case: Case) -> bool:
        """Whether this account may open a case today."""
        return rule_reads(self.user_id, self.readers, case.facts, self.today, self.days)


async def days_on(tx: Transaction, cooperative_id: int | None, on: date) -> Days:
    """The dated parameters of this part."""
    rows = await bylaws(tx)
    return {name: int(value_on(rows, name, cooperative_id, on)) for name in DAYS}


async def sight_of(tx: Transaction, user_id: int) -> Sight:
    """What an account brings to every case."""
    today = clock.today()
    return Sight(user_id, tuple(await readers(tx)), await days_on(tx, None, today), today)


async def case_named(tx: Transaction, case_no: str, days: Days) -> Case | None:
    """The case of a number, within reach; whether it may be read is the caller's to ask."""
    found = await _cases(tx, days, case_no=case_no)
    return found[0] if found else None


async def case_of(tx: Transaction, case_id: int, days: Days) -> Case | None:
    """The case of a row id."""
    found = await _cases(tx, days, case_id=case_id)
    return found[0] if found else None


async def all_cases(tx: Transaction, days: Days) -> list[Case]:
    """Every case within reach, the oldest first."""
    return await _cases(tx, days)


async def _cases(
    tx: Transaction, days: Days, *, case_no: str | None = None, case_id: int | None = None
) -> list[Case]:
    rows = await tx.fetch(_CASES, case_no, case_id)
    ids = [row["id"] for row in rows]
    concerns, lines = await _concerns(tx, ids), await _lines(tx, ids)
    found = []
    for row in rows:
        told, book = tuple(concerns[row["id"]]), tuple(lines[row["id"]])
        stands = standing(told, book, days)
        related: frozenset[int] = frozenset()
        child = None
        if stands.child_id is not None:
            people = await tx.fetch(_RELATED, stands.child_id)
            related = frozenset(one["person_id"] for one in people)
            child = await child_of(tx, stands.child_id)
        facts = CaseFacts(row["cooperative_id"], told, book, stands, related)
        found.append(Case(row["id"], row["code"], row["case_no"], facts, child))
    return found


async def _concerns(tx: Transaction, ids: Sequence[int]) -> dict[int, list[Concern]]:
    found: dict[int, list[Concern]] = defaultdict(list)
    for row in await tx.fetch(_CONCERNS, ids):
        values = list(row.values())
        found[values[0]].append(Concern(*values[1:]))
    return found


async def _lines(tx: Transaction, ids: Sequence[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for row in await tx.fetch(_LINES, ids):
        case_id, number, kind, on, choice, second, third, shared, *rest = row.values()
        parts = tuple(shared.split(",")) if shared else ()
        found[case_id].append(Line(number, Kind(kind), on, choice, second, third, parts, *rest))
    return found


async def open_case_of_child(tx: Transaction, person_id: int, days: Days) -> Case | None:
    """The open case of a child, if there is one: a further concern belongs to it."""
    rows = await tx.fetch(
        "SELECT DISTINCT case_id FROM safeguarding.case_line WHERE kind = 'child' AND about_id = $1",
        person_id,
    )
    for row in rows:
        case = await case_of(tx, row["case_id"], days)
        same = case is not None and case.facts.standing.child_id == person_id
        if case is not None and same and not case.facts.standing.closed:
            return case
    return None


async def duties_on(tx: Transaction, on: date) -> tuple[Duty, ...]:
    """What the law demands without asking, as recorded for a day."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (about, channel) about, channel, within_hours, source, verified
           FROM safeguarding.legal_duty WHERE holds_from <= $1 ORDER BY about, channel, holds_from DESC, id DESC""",
        on,
    )
    return tuple(Duty(*row.values()) for row in rows)


async def listed_child(tx: Transaction, person_no: str, cooperative_id: int) -> ChildLine | None:
    """A child of a cooperative's household list, by number."""
    child = await child_named(tx, person_no.strip().upper()) if person_no.strip() else None
    return child if child is not None and child.cooperative_id == cooperative_id else None


async def names_of_accounts(tx: Transaction, labels: Sequence[str]) -> dict[str, str]:
    """Display names by the label under which lines name an account."""
    numbers = [int(one[5:]) for one in labels if one.startswith("user:") and one[5:].isdigit()]
    rows = await tx.fetch("SELECT id, display_name FROM user_account WHERE id = ANY ($1)", numbers)
    return {f"user:{row['id']}": row["display_name"] for row in rows}
