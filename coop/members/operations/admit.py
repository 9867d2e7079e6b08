"""Somebody is admitted at the cooperative's own desk; likely doubles are shown before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coop.audit.operations import lock_head
from coop.cooperatives.queries import CooperativeRow, bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.members.operations.consent import write_consent
from coop.members.operations.doubles import keep_pair, note_elsewhere, write_decision
from coop.members.operations.once import Sent, answer, answered_before
from coop.members.operations.record import admit_members, person_no_of, record_households
from coop.members.queries.doubles import Double, Elsewhere, doubles_elsewhere, own_doubles
from coop.members.queries.member import household_of
from coop.members.rules.admission import (
    Application,
    Book,
    BookRow,
    particulars_of,
    questions_of,
    refusals_to_apply,
)
from coop.members.rules.consent import Purpose
from coop.members.rules.doubles import NOT_SAME, SAME, refusals_at_admission
from coop.members.rules.household import HouseholdRow
from coop.members.rules.number import full_number, next_number
from coop.members.rules.particulars import Admission, NomineeShare


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nobody was admitted yet: first somebody says of each likely double whether it is the same person."""

    own: tuple[Double, ...]
    elsewhere: tuple[Elsewhere, ...]


async def book_of(tx: Transaction, owner: CooperativeRow) -> Book:
    """What an admission is judged by today."""
    rows, today = await bylaws(tx), clock.today()
    return Book(
        int(value_on(rows, "adult_age", owner.id, today)),
        int(value_on(rows, "oldest_age", owner.id, today)),
        frozenset({owner.state_lgd}),
        today,
    )


async def free_number(tx: Transaction, owner: CooperativeRow) -> str:
    """The next free number of a cooperative. Raises Refused where all are given."""
    rows = await tx.fetch("SELECT member_no FROM member WHERE cooperative_id = $1", owner.id)
    number = next_number([row["member_no"] for row in rows])
    if number is None:
        message = say("All four-digit numbers are given; ask the agency.")
        raise Refused([Refusal("numbers_used_up", message)])
    return number


async def admit(
    tx: Transaction,
    owner: CooperativeRow,
    application: Application,
    choices: Mapping[str, bool],
    elsewhere: str,
    form: Sent,
) -> str | Undecided:
    """Admit somebody and return their page, or what is to be decided first. Raises Refused, Conflict.

    ``choices``: by member number, True for the same person. ``elsewhere``: ``same``, ``other`` or nothing yet.
    """
    await lock_head(tx, owner.id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    household_id = await household_of(tx, owner.id, application.row.candidate.household_no)
    book = await book_of(tx, owner)
    refusals = [*refusals_to_apply(application, book, household_known=household_id is not None)]
    if refusals:
        raise Refused(refusals)
    asked = replace(application.row.candidate, key="?", cooperative=owner.code, member_no="")
    own = await own_doubles(tx, owner.id, asked)
    others = await doubles_elsewhere(tx, owner.id, asked)
    states = {one.member.member_no: one.member.state for one in own}
    refusals = [*refusals_at_admission(states, choices, elsewhere if others else "")]
    if refusals:
        raise Refused(refusals)
    if any(number not in choices for number in states) or (others and elsewhere != "other"):
        return Undecided(tuple(own), tuple(others))
    number = await free_number(tx, owner)
    member_id = await _write_admission(
        tx, owner, application, number, book, provisional=bool(others)
    )
    for one in own:
        await _decide(tx, owner.id, member_id, one, same=choices[one.member.member_no])
    if others:
        await note_elsewhere(tx, member_id, asked)
    return await answer(tx, owner.id, form, f"/members/{full_number(owner.code, number)}")


async def _write_admission(
    tx: Transaction,
    owner: CooperativeRow,
    application: Application,
    number: str,
    book: Book,
    *,
    provisional: bool,
) -> int:
    row = application.row
    if row.admitted_on is None or application.consent is None:
        raise AssertionError("the rules admit nobody without a day and a consent")
    household_no = row.candidate.household_no or await new_household(tx, owner, row, number)
    admission = Admission(
        member_no=number,
        particulars=particulars_of(row),
        admitted_on=row.admitted_on,
        household_no=household_no,
        shares=0 if provisional else row.shares,
        nominees=tuple(NomineeShare(*share) for share in row.nominees),
        provisional=provisional,
        questions=questions_of(row, book),
        source=application.source,
        why="admission",
    )
    [member_id] = await admit_members(tx, owner.id, [admission])
    person_id = await tx.fetchval("SELECT person_id FROM member WHERE id = $1", member_id)
    await write_consent(
        tx,
        owner.id,
        person_id,
        person_no_of(owner.code, owner.id, number),
        Purpose.MEMBERSHIP,
        application.consent,
        row.admitted_on,
        given=True,
    )
    return member_id


async def new_household(
    tx: Transaction, owner: CooperativeRow, row: BookRow, member_no: str
) -> str:
    """Write a household of somebody who has none yet; return its number."""
    last = await tx.fetchval(
        """SELECT coalesce(max(substring(household_no FROM '-([0-9]{1,8})$')::integer), 0) FROM household
           WHERE cooperative_id = $1 AND household_no LIKE $2""",
        owner.id,
        f"H{owner.code}-%",
    )
    household_no = f"H{owner.code}-{last + 1:04d}"
    one = row.candidate
    await record_households(
        tx,
        owner.id,
        [
            HouseholdRow(
                household_no=household_no,
                cooperative=owner.code,
                head_person_no=person_no_of(owner.code, owner.id, member_no),
                head_name=one.name_latin or one.name_hi,
                village=one.village,
                tola=one.tola,
                block=row.block,
                district_lgd=row.district_lgd,
                state_lgd=row.state_lgd,
                ration_card_no="",
                ration_type="",
                caste="",
                pvtg=False,
                minority=False,
                house="",
                land_hundredths_acre=None,
                migrant="",
            )
        ],
    )
    return household_no


async def _decide(
    tx: Transaction, cooperative_id: int, member_id: int, one: Double, *, same: bool
) -> None:
    """Remember what was said at the admission, so that nobody asks again."""
    await keep_pair(tx, member_id, one.member.id, one.score_thousandths, one.reasons)
    pair_id = await tx.fetchval(
        "SELECT id FROM duplicate_pair WHERE member_a = least($1::bigint, $2::bigint) AND member_b = greatest($1::bigint, $2::bigint)",
        member_id,
        one.member.id,
    )
    decision = SAME if same else NOT_SAME
    await write_decision(tx, cooperative_id, pair_id, decision, "admission")
