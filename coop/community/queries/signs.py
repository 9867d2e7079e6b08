"""Signs of forced labour: the questions, sheets of households, what was published."""

from dataclasses import dataclass
from datetime import date

from asyncpg import Record

from coop.community.rules.signs import Answered, Sign, SignCounts
from coop.kernel.db import Transaction
from coop.kernel.quarter import Quarter

_SHEET = """
SELECT s.id, s.cooperative_id, h.household_no, s.village, s.asked_on, s.recorded_by,
       ARRAY(SELECT a.sign || ' ' || a.answer FROM sign_answer a WHERE a.sheet_id = s.id) AS answers
FROM sign_sheet s JOIN household h ON h.id = s.household_id
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A household that agreed to be asked, and its answers by sign."""

    id: int
    cooperative_id: int
    household_no: str
    village: str
    asked_on: date
    recorded_by: str
    answers: dict[str, Answered]


@dataclass(frozen=True, slots=True)
class HouseholdFound:
    """A household of the list and where it lives."""

    id: int
    village: str
    tola: str


@dataclass(frozen=True, slots=True)
class SignReportLine:
    """A published quarter."""

    quarter: Quarter
    counts: SignCounts


async def signs(tx: Transaction, on: date) -> list[Sign]:
    """The questions that are asked on a day, in order."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (code) code, words_en, words_hi, strong, source, verified, place FROM labour_sign
           WHERE holds_from <= $1 ORDER BY code, holds_from DESC""",
        on,
    )
    ordered = sorted(rows, key=lambda row: row["place"])
    return [Sign(*list(row.values())[:6]) for row in ordered]


async def sheets(tx: Transaction, cooperative_id: int, since: date, until: date) -> list[Sheet]:
    """Sheets of a span of days, the latest first."""
    rows = await tx.fetch(
        _SHEET + " WHERE s.cooperative_id = $1 AND s.asked_on BETWEEN $2 AND $3 ORDER BY s.id DESC",
        cooperative_id,
        since,
        until,
    )
    return [_sheet(row) for row in rows]


async def sheet(tx: Transaction, sheet_id: int) -> Sheet | None:
    """One sheet within reach."""
    row = await tx.fetchrow(_SHEET + " WHERE s.id = $1", sheet_id)
    return _sheet(row) if row is not None else None


def _sheet(row: Record) -> Sheet:
    answers = {sign: Answered(said) for sign, said in (one.split() for one in row["answers"])}
    return Sheet(
        row["id"],
        row["cooperative_id"],
        row["household_no"],
        row["village"],
        row["asked_on"],
        row["recorded_by"],
        answers,
    )


async def household_of(tx: Transaction, cooperative_id: int, number: str) -> HouseholdFound | None:
    """A household of a cooperative by its number."""
    row = await tx.fetchrow(
        """SELECT h.id, coalesce(v.village, '') AS village, coalesce(v.tola, '') AS tola FROM household h LEFT JOIN LATERAL
             (SELECT village, tola FROM household_version x WHERE x.household_id = h.id ORDER BY version DESC LIMIT 1) v ON true
           WHERE h.cooperative_id = $1 AND h.household_no = $2""",
        cooperative_id,
        number,
    )
    return HouseholdFound(*row.values()) if row is not None else None


async def published_signs(tx: Transaction, cooperative_id: int) -> list[SignReportLine]:
    """Published quarters, the latest first."""
    rows = await tx.fetch(
        "SELECT quarter_from, asked, advance, strong FROM sign_report WHERE cooperative_id = $1 ORDER BY quarter_from DESC",
        cooperative_id,
    )
    return [SignReportLine(Quarter(row[0]), SignCounts(*list(row.values())[1:])) for row in rows]
