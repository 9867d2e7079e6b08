"""Consent, erasure, checks and follow-up against the database: rows, entries, refusals, two at once."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Conflict, Refused
from coop.running import Running
from coop.schooling.operations.check import keep_check
from coop.schooling.operations.consent import (
    ConsentTaken,
    by_word,
    end_guardianship,
    record_guardian,
    take_consent,
    withdraw_consent,
)
from coop.schooling.operations.follow_up import confirm_by_hand, decide_pupil, note_answer
from coop.schooling.operations.listed import ListedChild, record_listed_children
from coop.schooling.operations.once import sent_before
from coop.schooling.queries.checks import Check, check, status_rules
from coop.schooling.queries.children import adult_named, guardians_on, live_purposes
from coop.schooling.queries.registers import erased_pupils
from coop.schooling.queries.role import school_transaction
from coop.schooling.queries.work import doubtful_pairs, worklist
from coop.schooling.rules.consent import Answer, Asked, ChildParticulars, Purpose
from coop.schooling.rules.match import Decision
from coop.schooling.rules.status import HandConfirmation, Status, rule_on
from tests.ledger.test_verify import faults_seen, insider
from tests.schooling.family import (
    AGENCY,
    ALL_YES,
    ASKED,
    UDISE,
    Family,
    Town,
    consent,
    line_of,
    new_family,
    register,
    row_of,
)
from tests.trade import Trade, entry, post

CHILDREN_S = (
    "child", "child_version", "guardianship", "guardianship_end", "guardian_consent", "school_check_run",
    "school_check_count", "school_check", "register_match", "pupil_decision", "hand_confirmation",
    "follow_up_answer", "facilitator_village", "schooling_form", "pupil_erased", "register_salt",
)  # fmt: skip
DAYS = {"visit_out_of_school": 2, "visit_long_absent": 4, "visit_irregular": 7, "visit_other": 14}


async def owner_rows(database: Running, sql: str, *values: object) -> list[asyncpg.Record]:
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        found: list[asyncpg.Record] = await owner.fetch(sql, *values)
        return found
    finally:
        await owner.close()


async def where_it_stands(database: Running, word: str) -> dict[str, int]:
    """Every table of the whole database in which a word stands, in any column."""
    tables = await owner_rows(
        database,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition",
    )
    counts = " UNION ALL ".join(
        f"""SELECT '{row["relname"]}' AS t, count(*) AS n FROM "{row["relname"]}" x WHERE x::text ILIKE $1"""
        for row in tables
    )
    return {
        row["t"]: row["n"] for row in await owner_rows(database, counts, f"%{word}%") if row["n"]
    }


async def run_check(cooperative_id: int) -> Check:
    async with school_transaction(AGENCY) as tx:
        rule = rule_on(await status_rules(tx), "in-45", clock.today())
        found = await check(tx, rule, clock.today(), own=cooperative_id)
        await keep_check(tx, cooperative_id, found)
    return found


async def withdraw(family: Family, purpose: Purpose = Purpose.SCHOOL_CHECK) -> None:
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        await withdraw_consent(tx, line, purpose, None, by_word(clock.today()))


async def status_of(family: Family) -> Status:
    found = await run_check(family.cooperative_id)
    return next(c.finding.status for c in found.checked if c.child.person_no == family.child_no)


async def refused_with(act: Awaitable[object]) -> set[str]:
    with pytest.raises(Refused) as refused:
        await act
    return {one.code for one in refused.value.refusals}


async def test_the_application_s_role_reads_nothing_of_children(database: Running) -> None:
    """What weighing, sales and payments work as: no grant, so no status can sway a weighing."""
    app = await asyncpg.connect(database.addresses.app)
    try:
        for table in CHILDREN_S:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(f'SELECT 1 FROM "{table}"')
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(f'DELETE FROM "{table}"')
    finally:
        await app.close()


async def test_another_cooperative_s_children_are_not_seen(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    await run_check(town.here.id)
    app = await asyncpg.connect(database.addresses.app)
    try:
        async with app.transaction():
            await app.execute(
                "SELECT set_config('role', current_database() || '_school', true),"
                " set_config('coop.cooperatives', $1, true)",
                str(town.there.id),
            )
            for table in set(CHILDREN_S) - {"register_salt"}:
                sql = f'SELECT count(*) FROM "{table}" WHERE cooperative_id <> $1'
                assert await app.fetchval(sql, town.there.id) == 0, table
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(
                    "INSERT INTO child (person_id, cooperative_id, recorded_at) VALUES ($1, $2, now())",
                    family.child_id,
                    town.here.id,
                )
    finally:
        await app.close()


async def test_consent_keeps_the_least_and_the_entry_holds_no_value(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    assert await where_it_stands(database, family.name) == {}
    await consent(family)
    assert await where_it_stands(database, family.name) == {"child_version": 1}
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        assert line.consent
        assert line.known == family.known
        assert await live_purposes(tx, family.child_id) == set(Purpose)
        guardian = (await guardians_on(tx, family.child_id, clock.today()))[0]
        assert (guardian.guardian.person_no, guardian.relation) == (family.mother_no, "mother")
    entries = await owner_rows(
        database,
        "SELECT facts FROM audit_entry WHERE tag = 'child:recorded' AND about_row = $1",
        str(family.child_id),
    )
    assert len(entries) == 1
    assert '"values_sha256":"' in entries[0]["facts"]


@pytest.mark.parametrize(
    ("asked", "answers", "codes"),
    [
        (ASKED, {Purpose.FOLLOW_UP: Answer.GIVEN}, {"first_purpose_missing"}),
        (Asked(ASKED.on, False, "thumb", "voter"), ALL_YES, {"not_read_aloud"}),
        (Asked(ASKED.on, True, "word", "voter"), ALL_YES, {"no_sign"}),
        (Asked(ASKED.on, True, "thumb", "none"), ALL_YES, {"adult_not_shown"}),
        (Asked(date(2999, 1, 1), True, "thumb", "voter"), ALL_YES, {"future_day", "of_age"}),
    ],
    ids=["other purpose first", "not read", "no thumb", "adult not shown", "future"],
)
async def test_what_is_no_consent(
    database: Running, town: Town, asked: Asked, answers: dict[Purpose, Answer], codes: set[str]
) -> None:
    family = await new_family(town.here)
    async with school_transaction(AGENCY) as tx:
        line, mother = await line_of(tx, family), await adult_named(tx, family.mother_no)
        taken = ConsentTaken(mother, "mother", asked, answers, family.known)
        found = await refused_with(take_consent(tx, line, taken, 18))
    assert found == codes
    assert await where_it_stands(database, family.name) == {}


async def test_a_child_cannot_consent_for_a_child_and_nobody_for_an_adult(town: Town) -> None:
    family, other = await new_family(town.here), await new_family(town.here)
    async with school_transaction(AGENCY) as tx:
        assert await adult_named(tx, other.child_no) is None
        line, mother = await line_of(tx, family), await adult_named(tx, family.mother_no)
        nobody = ConsentTaken(None, "", ASKED, ALL_YES, family.known)
        assert "not_guardian" in await refused_with(take_consent(tx, line, nobody, 18))
        adult = ChildParticulars(name_latin="Rani", dob=date(2000, 1, 1))
        taken = ConsentTaken(mother, "mother", ASKED, ALL_YES, adult)
        assert await refused_with(take_consent(tx, line, taken, 18)) == {"of_age"}
        unnamed = ConsentTaken(mother, "mother", ASKED, ALL_YES, ChildParticulars())
        found = await refused_with(take_consent(tx, line, unnamed, 18))
        assert found == {"name_missing", "dob_invalid"}


async def test_a_no_is_kept_as_a_no_and_nothing_of_the_child(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family, {Purpose.SCHOOL_CHECK: Answer.REFUSED})
    assert await where_it_stands(database, family.name) == {}
    assert await status_of(family) is Status.CONSENT_REFUSED


async def test_withdrawal_erases_everything_but_the_counts(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    await register(row_of(family))
    assert await status_of(family) is Status.OUT_OF_SCHOOL
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        rule = rule_on(await status_rules(tx), "in-45", clock.today())
        told = HandConfirmation(Status.MIGRATED, clock.today(), "home_visit", UDISE, f"A-{family.child_id}")  # fmt: skip
        await confirm_by_hand(tx, line, told, rule)
        await note_answer(tx, line, "barrier", "distance")
        body = {"name": family.name}
        assert not await sent_before(tx, town.here.id, family.child_id, uuid4(), body)
    stood = await where_it_stands(database, family.name)
    assert stood == {"child_version": 1, "enrolment_row": 1}
    counts = (
        "SELECT count(*) AS n, sum(children) AS s FROM school_check_count WHERE cooperative_id = $1"
    )
    before = (await owner_rows(database, counts, town.here.id))[0]
    await withdraw(family)
    assert await where_it_stands(database, family.name) == {}
    for table in ("child_version", "guardianship", "school_check", "register_match", "pupil_decision",
                  "hand_confirmation", "follow_up_answer", "schooling_form"):  # fmt: skip
        sql = f'SELECT count(*) AS n FROM "{table}" WHERE person_id = $1'
        assert (await owner_rows(database, sql, family.child_id))[0]["n"] == 0, table
    assert (await owner_rows(database, counts, town.here.id))[0] == before
    answers = await owner_rows(
        database,
        "SELECT purpose, answer FROM guardian_consent WHERE person_id = $1 ORDER BY id DESC LIMIT 3",
        family.child_id,
    )
    assert {(row["purpose"], row["answer"]) for row in answers} == {
        (purpose.value, "withdrawn") for purpose in Purpose
    }
    assert await status_of(family) is Status.CONSENT_REFUSED


async def test_after_withdrawal_no_row_and_no_log_line_names_the_child_and_the_books_verify(
    database: Running, trade: Trade, town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    family = await new_family(trade.here)
    await post(trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("cash", "later")))
    await consent(family)
    await register(row_of(family))
    await run_check(trade.here.id)
    await withdraw(family)
    assert await where_it_stands(database, family.name) == {}
    assert database.server is not None
    logs = "".join(
        path.read_text("utf-8", "replace") for path in database.server.data.glob("*.log")
    )
    printed = capfd.readouterr()
    for text in (logs, printed.out, printed.err):
        assert family.name.lower() not in text.lower()
    async with insider(database) as owner:
        assert await owner.fetchval("SELECT count(*) FROM receipt") > 0
        assert await faults_seen(owner) == []


async def test_the_next_register_does_not_bring_the_name_back(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    await consent(family)
    await register(row_of(family))
    await withdraw(family)
    async with school_transaction(AGENCY) as tx:
        marks = await erased_pupils(tx)
        assert marks.holds(UDISE, f"A-{family.child_id}")
        assert not marks.holds(UDISE, "A-0")
    await consent(family)
    async with school_transaction(AGENCY) as tx:
        assert not (await erased_pupils(tx)).holds(UDISE, f"A-{family.child_id}")
    await register(row_of(family, absent=3))
    assert await status_of(family) is Status.ENROLLED


async def test_withdrawing_one_purpose_leaves_the_others(town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    async with school_transaction(AGENCY) as tx:
        await note_answer(tx, await line_of(tx, family), "wish", "back")
    await withdraw(family, Purpose.FOLLOW_UP)
    async with school_transaction(AGENCY) as tx:
        assert await live_purposes(tx, family.child_id) == {
            Purpose.SCHOOL_CHECK,
            Purpose.ASK_SCHOOL,
        }
        sql = "SELECT count(*) FROM follow_up_answer WHERE person_id = $1"
        assert await tx.fetchval(sql, family.child_id) == 0
        line = await line_of(tx, family)
        assert line.consent
        found = await refused_with(note_answer(tx, line, "wish", "back"))
        assert found == {"no_consent_to_note"}


async def test_a_list_never_undoes_a_withdrawal_and_may_withdraw(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    given = ListedChild(family.child_id, Answer.GIVEN, family.known, None, "")
    today = clock.today()
    async with school_transaction(AGENCY) as tx:
        await record_listed_children(tx, town.here.id, today, [given])
        assert (await line_of(tx, family)).consent
        await record_listed_children(tx, town.here.id, today, [given])  # again: nothing new
        sql = "SELECT count(*) FROM guardian_consent WHERE person_id = $1"
        assert await tx.fetchval(sql, family.child_id) == 1
    assert await where_it_stands(database, family.name) == {"child_version": 1}
    async with school_transaction(AGENCY) as tx:
        ended = ListedChild(family.child_id, Answer.WITHDRAWN)
        await record_listed_children(tx, town.here.id, today, [ended])
    assert await where_it_stands(database, family.name) == {}


async def test_guardians_change_with_dates(town: Town) -> None:
    family, other = await new_family(town.here), await new_family(town.here)
    await consent(family)
    today = clock.today()
    async with school_transaction(AGENCY) as tx:
        line, grandmother = await line_of(tx, family), await adult_named(tx, other.mother_no)
        assert grandmother is not None
        await record_guardian(tx, line, grandmother, "grandmother", today)
        mother = (await guardians_on(tx, family.child_id, today))[0]
        await end_guardianship(tx, line, mother.guardianship_id, today)
        await end_guardianship(tx, line, mother.guardianship_id, today)  # again: nothing
        now = await guardians_on(tx, family.child_id, today)
        assert [one.guardian.person_no for one in now] == [other.mother_no]
        before = await guardians_on(tx, family.child_id, today - timedelta(days=1))
        assert [one.guardian.person_no for one in before] == [family.mother_no]
        assert (await line_of(tx, family)).consent  # the mother's yes goes on living


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


async def test_two_at_once_consent_and_withdrawal_leave_no_half(
    database: Running, town: Town
) -> None:
    family = await new_family(town.here)
    await consent(family)
    await asyncio.gather(*(withdraw(family) for _ in range(2)), consent(family))
    async with school_transaction(AGENCY) as tx:
        line = await line_of(tx, family)
        live = await live_purposes(tx, family.child_id)
    assert line.consent == (line.known is not None) == (Purpose.SCHOOL_CHECK in live)


async def test_what_is_kept_is_proved_by_the_chain(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    await run_check(town.here.id)

    async def faults(edit: str = "") -> list[str]:
        async with insider(database) as owner:
            if edit:
                await owner.execute(edit)
            return await faults_seen(owner)

    assert await faults() == []
    at = f"WHERE person_id = {family.child_id}"
    assert await faults(f"UPDATE child_version SET name_latin = 'X' {at}")
    assert await faults(f"UPDATE guardian_consent SET adult_proof = 'ration' {at}")
    assert await faults(f"DELETE FROM guardian_consent {at}")
    assert await faults("UPDATE school_check_count SET children = children + 1")


async def test_rows_are_erased_but_never_changed(database: Running, town: Town) -> None:
    family = await new_family(town.here)
    await consent(family)
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        for sql in (
            "UPDATE child_version SET name_latin = 'X'",
            "TRUNCATE child_version",
            "UPDATE guardian_consent SET answer = 'given'",
            "DELETE FROM guardian_consent",
        ):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                async with owner.transaction():
                    await owner.execute(sql)
    finally:
        await owner.close()


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


async def test_the_plain_transaction_stays_the_application_s(town: Town) -> None:
    async with transaction(AGENCY) as tx:
        assert str(await tx.fetchval("SELECT current_user")).endswith("_app")
    async with school_transaction(AGENCY) as tx:
        assert str(await tx.fetchval("SELECT current_user")).endswith("_school")
    async with transaction(AGENCY) as tx:
        assert str(await tx.fetchval("SELECT current_user")).endswith("_app")
