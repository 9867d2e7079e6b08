"""Acts against PostgreSQL: rows, entries, replay, two readers at once, closing, withdrawal."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from coop.audit.operations import lock_head
from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.kernel.refusal import Conflict, Refused
from coop.running import Running
from coop.safeguarding.operations.naming import erase_old_words
from coop.safeguarding.operations.telling import Told, concern_of_feedback, raise_concern
from coop.safeguarding.operations.writing import name_child
from coop.safeguarding.queries.cases import sight_of
from coop.safeguarding.queries.proof import FAULTS
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.book import Kind
from tests.safeguarding.village import (
    AGENCY,
    Village,
    case_at,
    cases,
    line_id,
    ready_to_close,
    seen_by,
    tell,
    write,
)
from tests.schooling.acts import owner_rows, where_it_stands, withdraw
from tests.schooling.family import consent, new_family


@dataclass(frozen=True)
class FeedbackMessage:
    """As the feedback box passes it on."""

    cooperative_id: int
    operation_id: str
    about: str
    words: str
    danger_now: bool
    raised_by: str


async def refused_with(act: Awaitable[object]) -> set[str]:
    with pytest.raises(Refused) as refused:
        await act
    return {one.code for one in refused.value.refusals}


async def faults(database: Running) -> list[str]:
    return [what for what, sql in FAULTS.items() if await owner_rows(database, sql)]


async def test_a_concern_opens_a_case_and_a_second_joins_it(
    database: Running, village: Village
) -> None:
    family = await new_family(village.here)
    number = await tell(village.here, child_no=family.child_no, words="At the dump by day")
    assert number.startswith("SAFA-F")
    assert await tell(village.here, "school", child_no=family.child_no) == ""
    case = await case_at(number)
    assert [one.about for one in case.facts.concerns] == ["work", "school"]
    assert case.child is not None
    assert case.child.person_no == family.child_no
    entries = await owner_rows(
        database,
        "SELECT chain, cooperative_id, actor, facts FROM audit_entry WHERE tag = 'concern:raised' AND about_row = $1",
        str(case.facts.concerns[0].id),
    )
    assert [(e["chain"], e["cooperative_id"], e["actor"]) for e in entries] == [
        ("SAFE-CASES", None, "concern")
    ]
    assert "dump" not in entries[0]["facts"]
    assert await faults(database) == []


async def test_a_concern_sent_twice_stands_once(village: Village) -> None:
    before = len(await cases(village.here))
    told = Told(village.here.id, uuid4(), "work", "Once")
    await raise_concern(told)
    await raise_concern(told)
    assert len(await cases(village.here)) == before + 1
    with pytest.raises(Conflict):
        await raise_concern(Told(village.here.id, told.operation_id, "work", "Other"))


async def test_a_message_of_the_box_is_one_concern_whatever_its_caller_holds(
    village: Village,
) -> None:
    """Whoever passes it on may hold the locks of its own chain and the agency's."""
    message = FeedbackMessage(village.here.id, "81", "violence", "In the box", False, "user:7")
    before = len(await cases(village.here))
    async with transaction(AGENCY) as tx:
        await lock_head(tx, None)
        await lock_head(tx, village.here.id)
        for _ in range(2):
            await asyncio.wait_for(concern_of_feedback(message), 5)
    found = await cases(village.here)
    assert len(found) == before + 1
    assert found[-1].facts.concerns[0].source == "feedback"


async def test_a_name_is_left_out_where_the_number_names(
    database: Running, village: Village
) -> None:
    family = await new_family(village.here)
    await consent(family)
    number = await tell(
        village.here, child_no=family.child_no, words=f"{family.name} was at the dump"
    )
    await write(
        village.first, number, Kind.RISK, "high", second="works", words=f"Saw {family.name}!"
    )
    assert await where_it_stands(database, family.name) == {"child_version": 1}
    case = await case_at(number)
    assert case.facts.concerns[0].words == "… was at the dump"


async def test_withdrawal_leaves_no_row_that_names_the_child(
    database: Running, village: Village, capfd: pytest.CaptureFixture[str]
) -> None:
    family = await new_family(village.here)
    number = await tell(village.here, words=f"I saw {family.name} at the dump")
    await tell(village.here, "school", words="Another child")
    case = await case_at(number)
    async with safe_transaction(Reach(f"user:{village.first}", (village.here.id,))) as tx:
        sight = await sight_of(tx, village.first)
        await name_child(tx, sight, case, family.child_no)
    await write(
        village.first, number, Kind.RISK, "high", second="works", words=f"{family.name} again"
    )
    await consent(family)
    assert set(await where_it_stands(database, family.name)) == {
        "child_version",
        "safeguarding.case_words",
    }
    await withdraw(family)
    assert await where_it_stands(database, family.name) == {}
    case = await case_at(number)
    assert case.facts.standing.child_id == family.child_id
    assert await seen_by(village.first, number)
    assert await faults(database) == []
    said = capfd.readouterr()
    assert family.name not in said.out + said.err


async def test_two_focal_points_close_a_case_and_the_same_person_cannot(
    database: Running, village: Village
) -> None:
    number = await tell(village.here)
    await ready_to_close(village.first, number)
    asked = await line_id(number, Kind.CLOSING)
    again = write(village.first, number, Kind.DECISION, "yes", about_id=asked)
    assert await refused_with(again) == {"same_person"}
    assert not await seen_by(village.standby, number)
    await write(village.second, number, Kind.DECISION, "yes", about_id=asked)
    assert (await case_at(number)).facts.standing.closed
    assert await refused_with(write(village.first, number, Kind.VISIT, "clear", second="home")) == {
        "case_closed"
    }
    await write(village.second, number, Kind.REOPENING, "works_again")
    stands = (await case_at(number)).facts.standing
    assert not stands.closed
    assert [due.act for due in stands.dues] == ["risk"]
    assert await faults(database) == []


async def test_the_same_closing_is_decided_once(village: Village) -> None:
    number = await tell(village.here)
    await ready_to_close(village.first, number)
    asked = await line_id(number, Kind.CLOSING)
    await write(village.first, number, Kind.HANDOVER, "help")
    done = await asyncio.gather(
        write(village.second, number, Kind.DECISION, "yes", about_id=asked),
        write(village.standby, number, Kind.DECISION, "no", about_id=asked, words="Not yet"),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Refused"]


async def test_two_readers_write_at_once_and_nothing_is_lost(village: Village) -> None:
    number = await tell(village.here)
    await asyncio.gather(
        *(
            write(user, number, Kind.VISIT, "not_met", second="home")
            for user in (village.first, village.second) * 3
        )
    )
    lines = (await case_at(number)).facts.lines
    assert [one.kind for one in lines] == [Kind.VISIT] * 6
    assert {one.recorded_by for one in lines} == {f"user:{village.first}", f"user:{village.second}"}


async def test_sharing_follows_the_wish(village: Village) -> None:
    number = await tell(village.here, "school")

    async def refer(channel: str, ground: str, *shared: str) -> None:
        await write(village.first, number, Kind.REFERRAL, channel, second=ground, shared=shared)

    async def wish(channel: str, answer: str) -> None:
        await write(village.first, number, Kind.WISH, channel, second=answer, third="child")

    assert await refused_with(refer("dcpu", "wish", "name")) == {"wish_missing"}
    await wish("dcpu", "yes")
    await refer("dcpu", "wish", "name", "health")
    await wish("dcpu", "withdrawn")
    assert await refused_with(refer("dcpu", "wish", "number")) == {"wish_against"}
    assert await refused_with(refer("cwc", "law", "number")) == {"no_duty"}
    assert await refused_with(refer("dno", "danger", "number")) == {"no_duty"}
    await write(village.first, number, Kind.RISK, "danger", second="hazardous")
    assert await refused_with(refer("cwc", "law", "health")) == {"shared_beyond"}
    await refer("cwc", "law", "name", "place", "what")
    await refer("h1098", "danger", "place")
    assert await refused_with(refer("h112", "danger")) == {"shared_missing"}


async def test_words_of_a_case_closed_long_ago_are_erased(
    database: Running, village: Village
) -> None:
    with clock.frozen(clock.now() - timedelta(days=370)):
        number = await tell(village.here, words="Long ago at the pit")
        await ready_to_close(village.first, number)
        asked = await line_id(number, Kind.CLOSING)
        await write(village.second, number, Kind.DECISION, "yes", about_id=asked)
    fresh = await tell(village.here, words="Only today")
    async with safe_transaction(AGENCY) as tx:
        assert await erase_old_words(tx) >= 1
    case = await case_at(number)
    assert case.facts.concerns[0].words == ""
    assert all(line.words == "" for line in case.facts.lines)
    assert len(case.facts.lines) == 7
    assert (await case_at(fresh)).facts.concerns[0].words == "Only today"
    assert await faults(database) == []


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE safeguarding.case_words SET words = 'changed'",
        "UPDATE safeguarding.case_line SET choice = 'low'",
        "DELETE FROM safeguarding.case_line",
        "UPDATE safeguarding.concern SET danger_now = true",
        "DELETE FROM safeguarding.protection_case",
    ],
)
async def test_nothing_written_is_changed_even_by_the_owner(
    database: Running, village: Village, edit: str
) -> None:
    number = await tell(village.here, words="x")
    await write(village.first, number, Kind.RISK, "low", second="no_school")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner_rows(database, edit)


async def test_an_edit_past_the_guards_is_found(database: Running, village: Village) -> None:
    number = await tell(village.here, words="As it was told")
    case = (await case_at(number)).id
    owner = await asyncpg.connect(database.addresses.owner)
    undo = owner.transaction()
    await undo.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(
            "UPDATE safeguarding.case_words SET words = 'Otherwise' WHERE case_id = $1", case
        )
        found = [what for what, sql in FAULTS.items() if await owner.fetch(sql)]
        assert found == ["words of a case differ from their audit entry"]
    finally:
        await undo.rollback()
        await owner.close()
