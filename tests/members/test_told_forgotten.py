"""What a household told for schemes and of its income: gone with an erasure and with its agreement."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import asyncpg
import pytest_asyncio

from coop.community.operations.keeping import Sending
from coop.community.operations.signs import begin_sheet
from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.livelihoods.operations.income import Home, record_income_consent, tell_income
from coop.livelihoods.rules.income import Span
from coop.members.operations.end import leave
from coop.members.operations.erase import ask_erasure, confirm_erasure
from coop.members.queries.erasures import open_request_of, person
from coop.members.rules.membership import Ending
from coop.running import Running
from coop.schemes.operations.applications import move_application, open_application
from coop.schemes.operations.desk import Consent, note_paper, record_answer, record_consent
from coop.schemes.queries.applications import application
from coop.schemes.queries.households import Desk
from coop.schemes.rules.applications import Event, State
from coop.schooling.queries.role import as_school, school_transaction
from tests.ledger.test_verify import faults_seen, insider
from tests.members.people import Pair, form, new_member
from tests.members.verifying import faults, there
from tests.trade import REACH


@dataclass(frozen=True)
class Asked:
    """A member of a household that told its facts and its income."""

    path: str
    cooperative_id: int
    household_id: int
    person_id: int


async def _asked(pair: Pair, name: str) -> Asked:
    path = await new_member(pair.there, name, dob="3-4-1971")
    async with transaction(REACH) as tx:
        one = await there(tx, path)
        house = await tx.fetchval("SELECT household_id FROM person_home WHERE person_id = $1", one.person_id)  # fmt: skip
    made, today = Asked(path, pair.there.id, int(house), one.person_id), clock.today()
    home, at = Home(made.cooperative_id, made.household_id), Desk(made.cooperative_id, made.household_id)  # fmt: skip
    own = Desk(made.cooperative_id, made.household_id, made.person_id)
    async with transaction(REACH) as tx:
        await record_consent(tx, at, Consent(True, "read_aloud", "hi", today), uuid4())
        await record_answer(tx, at, "h.income_year", "48000", today, uuid4())
        await record_answer(tx, own, "p.caste", '"ST"', today, uuid4())
        await record_income_consent(tx, home, given=True, how="read_aloud", operation_id=uuid4())
        await tell_income(tx, home, "wages", Span(100000, 200000), uuid4())
    return made


async def _left(one: Asked) -> tuple[int, int, int]:
    """Facts of the household, facts of the person, incomes told."""
    async with transaction(REACH) as tx:
        row = await tx.fetchrow(
            """SELECT (SELECT count(*) FROM scheme_answer WHERE household_id = $1 AND person_id IS NULL),
                      (SELECT count(*) FROM scheme_answer WHERE person_id = $2),
                      (SELECT count(*) FROM other_income WHERE household_id = $1)""",
            one.household_id,
            one.person_id,
        )
    assert row is not None
    return tuple(row.values())  # type: ignore[return-value]  # three counts


@pytest_asyncio.fixture
async def nothing_kept(pair: Pair, database: Running) -> AsyncIterator[None]:
    """For one test no books need be kept."""
    owner = await asyncpg.connect(database.addresses.owner)
    kept = """INSERT INTO bylaw (cooperative_id, name, value, unit, holds_from, source, verified, recorded_at)
              VALUES ($1, 'member_kept', $2, 'months', '2000-01-01', 'a test', false, now())"""
    await owner.execute(kept, pair.there.id, 0)
    yield
    await owner.execute(kept, pair.there.id, 72)
    await owner.close()


async def _erase(pair: Pair, one: Asked) -> None:
    """Asked by one, confirmed by another."""
    async with transaction(Reach("user:821", (pair.there.id,))) as tx:
        member = await there(tx, one.path)
        await leave(tx, member, Ending.RESIGNED, clock.today(), "", form())
        found = await person(tx, member.person_no)
        assert found is not None
        await ask_erasure(tx, found, form())
        asked = await open_request_of(tx, found.id)
        assert asked is not None
    async with transaction(Reach("user:822", (pair.there.id,))) as tx:
        await confirm_erasure(tx, asked, form())


async def test_an_erasure_takes_what_the_household_told(
    pair: Pair, database: Running, nothing_kept: None
) -> None:
    one, other = await _asked(pair, "Phulmani Soren"), await _asked(pair, "Etwari Soren")
    await _erase(pair, one)
    assert (await _left(one), await _left(other)) == ((0, 0, 0), (1, 1, 1))
    assert await faults(database) == []


async def test_who_takes_an_agreement_back_is_forgotten(pair: Pair, database: Running) -> None:
    one, other = await _asked(pair, "Sugi Hansda"), await _asked(pair, "Mugli Hansda")
    home, at = Home(one.cooperative_id, one.household_id), Desk(one.cooperative_id, one.household_id)  # fmt: skip
    async with transaction(REACH) as tx:
        await record_income_consent(tx, home, given=False, how="read_aloud", operation_id=uuid4())
    assert await _left(one) == (1, 1, 0)
    async with transaction(REACH) as tx:
        await record_consent(tx, at, Consent(False, "read_aloud", "hi", clock.today()), uuid4())
    assert (await _left(one), await _left(other)) == ((0, 0, 0), (1, 1, 1))
    assert await faults(database) == []


async def test_a_child_s_own_agreement_stands_by_itself(pair: Pair) -> None:
    """A household's no does not end what a guardian allowed for one child; the guardian's no does."""
    one = await _asked(pair, "Chunki Tudu")
    at = Desk(one.cooperative_id, one.household_id)
    own = Desk(one.cooperative_id, one.household_id, one.person_id)
    yes, no = (Consent(given, "read_aloud", "hi", clock.today()) for given in (True, False))
    async with transaction(REACH) as tx:
        await record_consent(tx, own, yes, uuid4())
        await record_consent(tx, at, no, uuid4())
    assert (await _left(one))[:2] == (0, 1)
    async with transaction(REACH) as tx:
        await record_consent(tx, own, no, uuid4())
    assert (await _left(one))[:2] == (0, 0)


async def test_papers_words_and_signs_go_with_an_erasure(
    pair: Pair, database: Running, nothing_kept: None
) -> None:
    one, other = await _asked(pair, "Budhni Murmu"), await _asked(pair, "Somri Murmu")
    for at in (one, other):
        own = Desk(at.cooperative_id, at.household_id, at.person_id)
        async with transaction(REACH) as tx:
            await note_paper(tx, own, "AADHAAR", True, clock.today(), uuid4())
            number = await open_application(tx, own, "ESHRAM", clock.today(), uuid4())
            known = await application(tx, number)
            assert known is not None
            said = Event(State.DECLINED, clock.today(), note="Budhni does not want it")
            await move_application(tx, known, said, uuid4(), doubtful=False)
        async with school_transaction(REACH) as tx:
            house = await tx.fetchval("SELECT household_no FROM household WHERE id = $1", at.household_id)  # fmt: skip
            await begin_sheet(tx, at.cooperative_id, house, Sending(uuid4(), {}, "facilitator"), consent=True)  # fmt: skip
    await _erase(pair, one)
    async with transaction(REACH) as tx, as_school(tx):
        signs = "SELECT count(*) FROM sign_sheet WHERE household_id = $1"
        assert [await tx.fetchval(signs, x.household_id) for x in (one, other)] == [0, 1]
    async with transaction(REACH) as tx:
        papers = "SELECT count(*) FROM scheme_paper WHERE person_id = $1"
        assert [await tx.fetchval(papers, x.person_id) for x in (one, other)] == [0, 1]
        words = """SELECT count(*) FROM application_words w JOIN application_event e ON e.id = w.event_id
                   JOIN scheme_application a ON a.id = e.application_id WHERE a.person_id = $1"""
        assert [await tx.fetchval(words, x.person_id) for x in (one, other)] == [0, 1]
    assert await faults(database) == []
    async with insider(database) as owner:  # what stands is still proven
        await owner.execute("UPDATE scheme_paper SET seen = false WHERE person_id = $1", other.person_id)  # fmt: skip
        await owner.execute(
            "UPDATE application_words SET note = 'x' WHERE cooperative_id = $1",
            other.cooperative_id,
        )
        found = " ".join(await faults_seen(owner))
        assert "a paper that is not the one recorded" in found
        assert "words of an application" in found
