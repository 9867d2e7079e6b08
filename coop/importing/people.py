"""Households, persons and the member book."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from coop.cooperatives.queries import CooperativeRow, bylaws, cooperatives, value_on
from coop.importing.task import ImportTask
from coop.kernel.clock import ist_day
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal
from coop.kernel.rows import Outcome, RowOutcome, judge_register, refused
from coop.kernel.words import say
from coop.members import operations, queries
from coop.members.forms import (
    HOUSEHOLD_COLUMNS,
    MEMBER_COLUMNS,
    PERSON_COLUMNS,
    book_row_from,
    household_from_row,
    person_from_row,
)
from coop.members.operations import Admission, ListedEntry, NomineeShare, Particulars
from coop.members.queries.erasures import erased_households, erased_persons
from coop.members.rules.admission import Book, BookRow, Judge, JudgedBookRow, Listed
from coop.members.rules.duplicates import Pair
from coop.members.rules.household import HouseholdRow, PersonRow

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "households": HOUSEHOLD_COLUMNS,
    "persons": PERSON_COLUMNS,
    "members": MEMBER_COLUMNS,
}


_ERASED = Refusal(
    "erased", say("This was erased on a person's wish; take the row out of the list.")
)


def _unknown(
    code: str, owners: Mapping[str, CooperativeRow], task: ImportTask
) -> tuple[Refusal, ...]:
    if code not in owners:
        message = say("Cooperative %(code)s is not recorded; load it first.", code=code)
        return (Refusal("unknown_cooperative", message, "cooperative"),)
    return task.elsewhere(code)


async def _owners(tx: Transaction) -> dict[str, CooperativeRow]:
    return {one.code: one for one in await cooperatives(tx)}


async def households(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A household that changed gets a new version."""
    owners, current = await _owners(tx), await queries.households(tx)
    erased = await erased_households(tx)

    def refusals(one: HouseholdRow) -> tuple[Refusal, ...]:
        if one.household_no in erased:
            return (_ERASED,)
        stands = current.get(one.household_no)
        if stands is not None and stands.cooperative != one.cooperative:
            message = say("This household number belongs to another cooperative; use another.")
            return (Refusal("household_no_taken", message, "household_no"),)
        return _unknown(one.cooperative, owners, task)

    judged = judge_register(
        task.rows, household_from_row, lambda one: one.household_no, current, refusals
    )
    new: dict[str, list[HouseholdRow]] = defaultdict(list)
    for row in judged:
        if row.value is not None:
            new[row.value.cooperative].append(row.value)
    for code, rows in new.items():
        await operations.record_households(tx, owners[code].id, rows)
    return [row.outcome for row in judged]


async def persons(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """Adults as listed; of a child number and household only, whatever else stands in the row."""
    owners, houses = await _owners(tx), await queries.household_ids(tx)
    erased = await erased_persons(tx)
    listed = {one.person_no: one for one in await queries.listed_persons(tx)}
    current = {
        one.person_no: PersonRow(one.person_no, one.household_no, one.cooperative, child=True)
        if one.dob is None and not one.name_latin and not one.name_hi
        else PersonRow(
            one.person_no,
            one.household_no,
            one.cooperative,
            False,
            one.name_latin,
            one.name_hi,
            one.sex,
            one.dob,
            one.dob_precision,
            one.member_no,
        )
        for one in listed.values()
    }
    on = ist_day(task.judged_at)
    adult_age = int(value_on(await bylaws(tx), "adult_age", None, on))

    def refusals(one: PersonRow) -> tuple[Refusal, ...]:
        if one.person_no in erased:
            return (_ERASED,)
        if one.household_no not in houses:
            message = say(
                "Household %(no)s is not recorded; load the households first.", no=one.household_no
            )
            return (Refusal("unknown_household", message, "household_no"),)
        return _unknown(one.cooperative, owners, task)

    parse = partial(person_from_row, on=on, adult_age=adult_age)
    judged = judge_register(task.rows, parse, lambda one: one.person_no, current, refusals)
    new: dict[str, list[ListedEntry]] = defaultdict(list)
    for row in judged:
        if row.value is not None:
            stands = listed.get(row.value.person_no)
            member_no = task.rows[row.outcome.row - 1].get("member_no", "").strip()
            new[row.value.cooperative].append(
                _entry(row.value, houses, member_no, stands.person_id if stands else None)
            )
    for code, entries in new.items():
        await operations.record_persons(tx, owners[code].id, entries)
    return [row.outcome for row in judged]


def _entry(
    row: PersonRow, houses: Mapping[str, int], member_no: str, person_id: int | None
) -> ListedEntry:
    known = None
    if not row.child:
        known = Particulars(
            name_latin=row.name_latin,
            name_hi=row.name_hi,
            sex=row.sex,
            dob=row.dob,
            dob_precision=row.dob_precision,
        )
    number = row.member_no or (member_no.zfill(4) if member_no.isdigit() else "")
    return ListedEntry(row.person_no, houses.get(row.household_no), number[:8], known, person_id)


async def members(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """The member books of all cooperatives, judged from the top."""
    owners = await _owners(tx)
    listed = {
        (one.cooperative, one.member_no): one
        for one in await queries.listed_persons(tx)
        if one.member_no
    }
    judge = Judge(
        await _book(tx, task, owners),
        await queries.register(tx),
        {
            number: Listed(one.household_no, one.dob)
            for number, one in listed.items()
            # Of a child nothing is known; an adult without a date of birth says nothing of age.
            if one.dob is not None or not (one.name_latin or one.name_hi)
        },
        dict(await queries.book_hashes(tx)),
    )
    outcomes: list[RowOutcome] = []
    new: dict[str, list[Admission]] = defaultdict(list)
    pairs: list[Pair] = []
    for number, row in enumerate(task.rows, 1):
        read = book_row_from(row)
        code, name = (
            read.candidate.cooperative,
            f"{read.candidate.cooperative}/{read.candidate.member_no}",
        )
        # A row whose cooperative cannot be read is refused by its own cell.
        why = _unknown(code, owners, task) if code else ()
        if why:
            outcomes.append(refused(number, name, why))
            continue
        read = replace(read, candidate=replace(read.candidate, key=name))
        judged = judge.judge(read)
        outcomes.append(RowOutcome(number, name, judged.outcome, judged.reasons))
        if judged.outcome in (Outcome.ACCEPTED, Outcome.WARNED):
            person = listed.get((code, read.candidate.member_no))
            new[code].append(_admission(read, judged, person.person_id if person else None))
            pairs += judged.pairs
    for code, admissions in new.items():
        await operations.admit_members(tx, owners[code].id, admissions)
    await operations.keep_pairs(tx, pairs)
    return outcomes


async def _book(tx: Transaction, task: ImportTask, owners: Mapping[str, CooperativeRow]) -> Book:
    rows, on = await bylaws(tx), ist_day(task.judged_at)
    states = frozenset(one.state_lgd for one in owners.values())
    return Book(
        int(value_on(rows, "adult_age", None, on)),
        int(value_on(rows, "oldest_age", None, on)),
        states,
        on,
    )


def _admission(row: BookRow, judged: JudgedBookRow, person_id: int | None) -> Admission:
    one = row.candidate
    if row.admitted_on is None:
        raise AssertionError("the rules keep no row without a day of admission")
    known = Particulars(
        one.name_latin,
        one.name_hi,
        one.relation,
        one.relation_name_latin,
        one.relation_name_hi,
        one.sex,
        one.dob,
        one.dob_precision,
        one.village,
        one.tola,
        row.block,
        row.district_lgd,
        row.state_lgd,
        one.mobile,
        one.id_kind,
        one.id_no,
        one.bank_account,
        row.ifsc,
    )
    return Admission(
        one.member_no,
        known,
        row.admitted_on,
        one.household_no,
        person_id,
        row.ceased_on,
        row.ceased_reason,
        row.shares,
        tuple(NomineeShare(*share) for share in row.nominees),
        judged.provisional,
        tuple(reason.code for reason in judged.reasons),
        row.content,
    )
