"""Checks, matches and follow-up against the database: rows, refusals, two at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, Refused
from coop.running import Running
from coop.schooling.operations.check import keep_check
from coop.schooling.operations.follow_up import confirm_by_hand, decide_pupil, note_answer
from coop.schooling.operations.once import sent_before
from coop.schooling.queries.checks import check, status_rules
from coop.schooling.queries.role import school_transaction
from coop.schooling.queries.work import doubtful_pairs, worklist
from coop.schooling.rules.consent import Answer, Purpose
from coop.schooling.rules.match import Decision
from coop.schooling.rules.status import HandConfirmation, Status, rule_on
from tests.schooling.acts import (
    refused_with,
    run_check,
    status_of,
)
from tests.schooling.family import (
    AGENCY,
    UDISE,
    Family,
    Town,
    consent,
    line_of,
    new_family,
    register,
    row_of,
)

DAYS = {"visit_out_of_school": 2, "visit_long_absent": 4, "visit_irregular": 7, "visit_other": 14}


async def test_by_hand_needs_its_consent_and_keeps_a_number(town: Town) -> None:
    family = await new_family(town.here)
    await consent(family, {Purpose.SCHOOL_CHECK: Answer.GIVEN})
    today = clock.today()
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        rule = rule_on(await status_rules(tx), "in-45", today)
        teacher = HandConfirmation(Status.ENROLLED, today, "head_teacher")
        assert await refused_with(confirm_by_hand(tx, line, teacher, rule)) == {"no_consent_to_ask"}
        paper = HandConfirmation(Status.BETWEEN_SCHOOLS, today, "certificate_seen")
        assert await refused_with(confirm_by_hand(tx, line, paper, rule)) == {"paper_missing"}
        old = HandConfirmation(Status.ENROLLED, today - timedelta(days=91), "home_visit")
        assert await refused_with(confirm_by_hand(tx, line, old, rule)) == {"too_old"}
        told = HandConfirmation(Status.RESIDENTIAL, today, "home_visit", UDISE, f"K-{family.child_id}")  # fmt: skip
        await confirm_by_hand(tx, line, told, rule)
    assert await status_of(family) is Status.RESIDENTIAL
    # A register that spells the name otherwise is found by the number that was told.
    await register(
        row_of(
            family,
            absent=0,
            admission_no=f"K-{family.child_id}",
            pupil_name="Beauty",
            mother_name="",
        )
    )
    found = await run_check(town.here.id)
    mine = next(one for one in found.checked if one.child.person_no == family.child_no)
    assert [pair.reasons for pair in mine.pairs] == [("admission_no",)]


async def test_a_question_is_asked_once_a_school_year(town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        await note_answer(tx, line, "barrier", "cost")
        assert await refused_with(note_answer(tx, line, "barrier", "care")) == {"asked_before"}
        assert await refused_with(note_answer(tx, line, "barrier", "work")) == {
            "answer_missing",
            "asked_before",
        }


async def test_doubtful_pairs_wait_for_a_word_that_is_remembered(town: Town) -> None:
    family = replace(await new_family(town.there), name="Sarita")
    await consent(family)
    near = row_of(family, pupil_name="Savita Namuna")  # perhaps her sister
    await register(near)

    async def waiting(tx: Transaction) -> list[str]:
        pairs = await doubtful_pairs(tx, town.there.id)
        return [one.row.admission_no for one in pairs if one.child.person_no == family.child_no]

    assert await status_of(family) is Status.NOT_VERIFIABLE
    async with school_transaction(AGENCY) as tx:
        assert await waiting(tx) == [near.admission_no]
        line = await line_of(tx, family)
        no = Decision(family.child_id, UDISE, near.admission_no, same=False)
        await decide_pupil(tx, line, no)
        assert await waiting(tx) == []
    assert await status_of(family) is Status.OUT_OF_SCHOOL
    async with school_transaction(AGENCY) as tx:
        assert await waiting(tx) == []


async def test_the_worklist_says_what_is_due_and_what_is_stale(town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    await register(row_of(family))
    await run_check(town.here.id)
    today = clock.today()
    async with school_transaction(AGENCY) as tx:
        found = await worklist(tx, town.here.id, DAYS, today)
        mine = next(one for one in found.lines if one.child.person_no == family.child_no)
        assert (mine.standing.status, mine.standing.stale) == (Status.OUT_OF_SCHOOL, False)
        assert (mine.due, mine.band) == (today + timedelta(days=2), "6–13")
        statuses = [one.standing.status for one in found.lines]
        assert statuses == sorted(statuses, key=lambda one: one is not Status.OUT_OF_SCHOOL)
        later = await worklist(tx, town.here.id, DAYS, today + timedelta(days=91))
        mine = next(one for one in later.lines if one.child.person_no == family.child_no)
        assert mine.standing.stale
        assert later.stale > 0


async def test_two_at_once_one_pupil_is_one_child_s(town: Town) -> None:
    one, other = await new_family(town.here), await new_family(town.here)
    for family in (one, other):
        await consent(family)

    async def decide(family: Family) -> str:
        async with school_transaction(AGENCY) as tx:
            line = await line_of(tx, family)
            same = Decision(family.child_id, UDISE, f"B-{one.child_id}", same=True)
            try:
                await decide_pupil(tx, line, same)
            except Refused as refused:
                return refused.refusals[0].code
            return "decided"

    assert sorted(await asyncio.gather(decide(one), decide(other))) == ["decided", "pupil_taken"]


async def test_two_at_once_a_form_books_once(town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    operation = uuid4()

    async def send(answer: str) -> str:
        from coop.audit.operations import lock_head

        async with school_transaction(AGENCY) as tx:
            line = await line_of(tx, family)
            await lock_head(tx, line.cooperative_id)
            if await sent_before(tx, town.here.id, family.child_id, operation, {"answer": answer}):
                return "before"
            await note_answer(tx, line, "help", answer)
            return "booked"

    assert sorted(await asyncio.gather(*(send("hostel") for _ in range(3)))) == [
        "before",
        "before",
        "booked",
    ]
    with pytest.raises(Conflict):
        await send("paper")


async def test_a_database_index_keeps_a_row_to_one_child(database: Running, town: Town) -> None:
    one, other = await new_family(town.here), await new_family(town.here)
    await consent(one)
    await consent(other)
    await register(row_of(one))
    await run_check(town.here.id)
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        with pytest.raises(asyncpg.UniqueViolationError):
            async with owner.transaction():
                await owner.execute(
                    "INSERT INTO register_match (cooperative_id, run_id, person_id, enrolment_row_id, score_thousandths,"
                    " reasons, certain) SELECT cooperative_id, run_id, $2, enrolment_row_id, 900, '', true"
                    " FROM register_match WHERE person_id = $1 AND certain ORDER BY id DESC LIMIT 1",
                    one.child_id,
                    other.child_id,
                )
    finally:
        await owner.close()


async def test_a_row_held_in_another_cooperative_is_for_a_person(town: Town) -> None:
    here, there = await new_family(town.here), await new_family(town.there)
    twin = Family(there.cooperative_id, there.household_no, there.mother_no, there.child_no, there.child_id, here.name)  # fmt: skip
    await consent(here)
    await consent(twin)
    await register(row_of(here, absent=2))

    async def own_check(side_id: int, family: Family) -> Status:
        from coop.kernel.db import Reach

        async with school_transaction(Reach("user:1", (side_id,))) as tx:
            rule = rule_on(await status_rules(tx), "in-45", clock.today())
            found = await check(tx, rule, clock.today(), own=side_id)
            await keep_check(tx, side_id, found)
        return next(c.finding.status for c in found.checked if c.child.person_no == family.child_no)

    assert await own_check(town.here.id, here) is Status.ENROLLED
    assert await own_check(town.there.id, twin) is Status.NOT_VERIFIABLE
