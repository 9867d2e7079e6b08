"""Grades, price notices, buyers and weighings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from coop.buyers import operations as buyers_operations
from coop.buyers import queries as buyers_queries
from coop.buyers.forms import BUYER_COLUMNS, buyer_from_row
from coop.buyers.queries.known import demand_rows
from coop.cooperatives import queries as cooperatives_queries
from coop.cooperatives.forms import Parsed
from coop.importing.task import ImportTask
from coop.kernel.clock import ist_day
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal
from coop.kernel.rows import Outcome, RowOutcome, judge_register, refused
from coop.kernel.words import say
from coop.prices import operations as prices_operations
from coop.prices import queries as prices_queries
from coop.prices.forms import (
    GRADE_COLUMNS,
    NOTICE_COLUMNS,
    grade_from_row,
    notice_row_from,
)
from coop.prices.rules import Grade, NoticeRow, refusals_to_publish
from coop.weighing.forms import COLUMN_OF, WEIGHING_COLUMNS, entry_from_row
from coop.weighing.operations.answer import Answer
from coop.weighing.operations.post import Desk, post_entries
from coop.weighing.rules import UnreadEntry, WeighingEntry

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "grades": GRADE_COLUMNS,
    "price-notices": NOTICE_COLUMNS,
    "buyers": BUYER_COLUMNS,
    "weighings": WEIGHING_COLUMNS,
}


async def grades(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A grade is recorded once; the agency gives another grade another code."""
    current = await prices_queries.grades(tx)

    def refusals(one: Grade) -> tuple[Refusal, ...]:
        if current.get(str(one.code), one) == one:
            return ()
        message = say(
            "Grade %(code)s is recorded with other content; use a new code.", code=one.code
        )
        return (Refusal("grade_differs", message, "code"),)

    judged = judge_register(task.rows, grade_from_row, lambda one: str(one.code), current, refusals)
    for row in judged:
        if row.value is not None:
            await prices_operations.record_grade(tx, row.value)
    return [row.outcome for row in judged]


def _notice_key(row: NoticeRow) -> str:
    line = row.line
    return (
        f"{line.notice_no}/{line.district_lgd}/{line.grade_code}/{line.effective_from.isoformat()}"
    )


async def price_notices(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """Notices as the agency published them; the console acts as the administrator."""
    known = await prices_queries.grades(tx)
    current = {
        _notice_key(row): row
        for row in (
            NoticeRow(one.line, one.authority, one.reference, one.authority_hi)
            for one in await prices_queries.published_lines(tx)
        )
    }

    def refusals(one: NoticeRow) -> tuple[Refusal, ...]:
        if current.get(_notice_key(one), one) != one:
            message = say("This notice was published with other content; publish a revision.")
            return (Refusal("notice_differs", message, "notice_no"),)
        return refusals_to_publish(
            one.line, grade_known=str(one.line.grade_code) in known, may_publish_for_past=True
        )

    def parse(row: Mapping[str, str]) -> Parsed[NoticeRow]:
        # A list without the issuer's Hindi name says nothing against it.
        parsed = notice_row_from(row)
        if parsed.value is None or parsed.value.authority_hi:
            return parsed
        known_name = current.get(_notice_key(parsed.value), parsed.value).authority_hi
        return replace(parsed, value=replace(parsed.value, authority_hi=known_name))

    judged = judge_register(task.rows, parse, _notice_key, current, refusals)
    new = [row.value for row in judged if row.value is not None]
    if new:
        await prices_operations.publish_lines(tx, new)
    return [row.outcome for row in judged]


async def buyers(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A readable buyer is always kept; what speaks against it is its standing, warned of."""
    current = await buyers_queries.listed_buyers(tx)
    demands = await demand_rows(tx)
    parse = partial(buyer_from_row, on=ist_day(task.judged_at), demands=demands)
    judged = judge_register(task.rows, parse, lambda one: one.buyer_code, current)
    for row in judged:
        if row.value is not None:
            before = current.get(row.value.buyer_code)
            await buyers_operations.record_buyer(tx, row.value, before)
    return [row.outcome for row in judged]


_AT_ONCE = 1000  # rows of one booking statement; a file is one transaction all the same


async def weighings(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """Weighings in the file's order, cooperative by cooperative; each as it would be at the desk.

    An import counts as confirmed. Answers of an id that came before in this file are replays, of
    an earlier file unchanged.
    """
    desks = await _desks(tx)
    outcomes: dict[int, RowOutcome] = {}
    by_desk: dict[str, list[tuple[int, WeighingEntry]]] = defaultdict(list)
    for number, row in enumerate(task.rows, 1):
        entry = entry_from_row(row)
        # Whose row it is comes first: another cooperative's is not even read.
        why = task.elsewhere(row["cooperative"].strip()) or _not_for_us(entry, desks)
        if why or isinstance(entry, UnreadEntry):
            outcomes[number] = refused(number, row["client_id"].strip(), _at_columns(why))
        else:
            by_desk[entry.cooperative].append((number, entry))
    for code, numbered in by_desk.items():
        booked: set[UUID] = set()
        for start in range(0, len(numbered), _AT_ONCE):
            part = numbered[start : start + _AT_ONCE]
            answers = await post_entries(
                tx, desks[code], [entry for _, entry in part], task.judged_at
            )
            for (number, entry), answer in zip(part, answers, strict=True):
                outcomes[number] = _row_outcome(number, entry, answer, booked)
    return [outcomes[number] for number in sorted(outcomes)]


async def _desks(tx: Transaction) -> dict[str, Desk]:
    centres = await cooperatives_queries.centres(tx)
    devices = await cooperatives_queries.devices(tx)
    return {
        one.code: Desk(
            one.id,
            one.code,
            None,
            {c.code: c.id for c in centres if c.cooperative_id == one.id},
            {code: number for code, (number, owner) in devices.items() if owner == one.id},
            imported=True,
        )
        for one in await cooperatives_queries.cooperatives(tx)
    }


def _not_for_us(entry: WeighingEntry | UnreadEntry, desks: Mapping[str, Desk]) -> Sequence[Refusal]:
    if isinstance(entry, UnreadEntry):
        return entry.refusals
    if entry.cooperative not in desks:
        message = say(
            "Cooperative %(code)s is not recorded; load it first.", code=entry.cooperative
        )
        return (Refusal("unknown_cooperative", message, "cooperative"),)
    return ()


def _at_columns(reasons: Sequence[Refusal]) -> list[Refusal]:
    """Refusals at the file's columns instead of the entry's fields."""
    return [replace(one, field=COLUMN_OF.get(one.field or "", one.field)) for one in reasons]


def _row_outcome(
    number: int, entry: WeighingEntry, answer: Answer, booked: set[UUID]
) -> RowOutcome:
    if answer.booked is None:
        return refused(number, str(entry.id), _at_columns(answer.refusals))
    outcome = Outcome(answer.outcome.value)
    if outcome is Outcome.UNCHANGED and entry.id in booked:
        outcome = Outcome.REPLAY
    booked.add(entry.id)
    grams, paise = answer.booked.payable_grams, answer.booked.amount_paise
    return RowOutcome(number, str(entry.id), outcome, (), grams, paise)
