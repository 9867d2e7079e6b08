"""Applications as they stand: their last event, how long ago, what was seen of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coop.kernel.db import Transaction
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.applications import OPEN, State

_LAST = """
SELECT a.id, a.cooperative_id, c.code || '-' || left(a.fy::text, 2) || '-A' || lpad(a.no::text, 5, '0') AS number, a.household_id,
       h.household_no, coalesce(p.person_no, '') AS person_no, coalesce(v.name_hi, '') AS name_hi,
       coalesce(v.name_latin, '') AS name_latin, a.scheme, e.seq, e.state, e.on_day
FROM scheme_application a JOIN cooperative c ON c.id = a.cooperative_id JOIN household h ON h.id = a.household_id
LEFT JOIN person p ON p.id = a.person_id
LEFT JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true
JOIN LATERAL (SELECT * FROM application_event x WHERE x.application_id = a.id ORDER BY x.seq DESC LIMIT 1) e ON true
"""


@dataclass(frozen=True, slots=True)
class ApplicationKnown:
    """An application with its last event. ``person_no`` empty: the household applies."""

    id: int
    cooperative_id: int
    number: str
    household_id: int
    household_no: str
    person_no: str
    name_hi: str
    name_latin: str
    scheme: str
    seq: int
    state: State
    since: date

    @property
    def applicant(self) -> str:
        """A person's number, or ``household``."""
        return self.person_no or HOUSEHOLD


@dataclass(frozen=True, slots=True)
class EventKnown:
    """One event as its page shows it; paise, empty texts where nothing was said."""

    id: int
    seq: int
    state: State
    on: date
    note: str
    number: str
    office: str
    word: str
    by: str
    paise: int | None
    due: date | None
    second_look: bool
    recorded_by: str
    recorded_at: datetime
    papers: tuple[str, ...]
    barriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenKnown:
    """A benefit that was seen; paise, 0 for goods."""

    on: date
    paise: int
    seen: str


async def application(tx: Transaction, number: str) -> ApplicationKnown | None:
    """The application of a number; None where there is none within reach."""
    row = await tx.fetchrow(
        f"SELECT * FROM ({_LAST}) AS known WHERE number = $1",  # noqa: S608  # our own words
        number,
    )
    return None if row is None else _known(row)


async def of_household(tx: Transaction, household_id: int) -> list[ApplicationKnown]:
    """All of a household's, the newest first."""
    rows = await tx.fetch(_LAST + " WHERE a.household_id = $1 ORDER BY a.id DESC", household_id)
    return [_known(row) for row in rows]


async def open_ones(tx: Transaction, limit: int = 200) -> list[ApplicationKnown]:
    """Those with something still to be done, longest untouched first."""
    rows = await tx.fetch(
        _LAST + " WHERE e.state = ANY ($1::text[]) ORDER BY e.on_day, a.id LIMIT $2",
        sorted(OPEN),
        limit,
    )
    return [_known(row) for row in rows]


async def events(tx: Transaction, application_id: int) -> list[EventKnown]:
    """What happened, in order."""
    rows = await tx.fetch(
        """SELECT e.id, e.seq, e.state, e.on_day, coalesce(w.note, e.note) AS note, coalesce(w.number, e.number) AS number,
                  coalesce(w.office, e.office) AS office, e.word, e.by_way, e.paise, e.due, e.second_look,
                  e.recorded_by, e.recorded_at,
                  array(SELECT code FROM application_detail d WHERE d.event_id = e.id AND kind = 'paper' ORDER BY code) AS papers,
                  array(SELECT code FROM application_detail d WHERE d.event_id = e.id AND kind = 'barrier' ORDER BY code) AS barriers
           FROM application_event e LEFT JOIN application_words w ON w.event_id = e.id
           WHERE e.application_id = $1 ORDER BY e.seq""",
        application_id,
    )
    return [_event(row) for row in rows]


async def seen(tx: Transaction, application_id: int) -> list[SeenKnown]:
    """Benefits seen, the newest first."""
    rows = await tx.fetch(
        "SELECT on_day, paise, seen FROM benefit_seen WHERE application_id = $1 ORDER BY on_day DESC, id DESC",
        application_id,
    )
    return [SeenKnown(*row.values()) for row in rows]


def _known(row: Mapping[str, Any]) -> ApplicationKnown:
    values = {**row, "state": State(row["state"]), "since": row["on_day"]}
    del values["on_day"]
    return ApplicationKnown(**values)


def _event(row: Mapping[str, Any]) -> EventKnown:
    values = {
        **row,
        "state": State(row["state"]),
        "on": row["on_day"],
        "by": row["by_way"],
        "papers": tuple(row["papers"]),
        "barriers": tuple(row["barriers"]),
    }
    del values["on_day"], values["by_way"]
    return EventKnown(**values)
