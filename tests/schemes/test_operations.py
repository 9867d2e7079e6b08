"""What the desk writes: rows, audit entries, replays, two at once, edits found."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import Conflict, Refused
from coop.ledger import queries as ledger
from coop.running import Running
from coop.schemes.operations.applications import (
    Seen,
    move_application,
    open_application,
    see_benefit,
)
from coop.schemes.operations.desk import (
    Consent,
    keep_screening,
    note_paper,
    record_answer,
    record_consent,
)
from coop.schemes.queries import applications, reports
from coop.schemes.queries import proof as schemes_proof
from coop.schemes.queries.screened import Screened, screened
from coop.schemes.rules.applications import Event, State
from tests.schemes.village import family
from tests.trade import REACH, Trade

OWN = ("scheme_consent", "scheme_paper", "screening", "application", "benefit")
OWN_SEALS = [seal for seal in SEALS if seal.tag.label.split(":")[0] in OWN]
assert len(OWN_SEALS) == 4


@pytest_asyncio.fixture
async def home(trade: Trade) -> Screened:
    number = (await family(trade.here)).number
    async with transaction(REACH) as tx:
        found = await screened(tx, number, clock.today())
    assert found is not None
    return found


async def entries(tx: Transaction, tag: str, row: str) -> list[dict[str, object]]:
    rows = await tx.fetch(
        "SELECT facts FROM audit_entry WHERE tag = $1 AND about_row = $2", tag, row
    )
    return [json.loads(one["facts"]) for one in rows]


async def count(tx: Transaction, table: str, household_id: int) -> int:
    return int(
        await tx.fetchval(f"SELECT count(*) FROM {table} WHERE household_id = $1", household_id)
    )


async def test_an_answer_is_kept_once_and_the_chain_holds_its_hash_only(home: Screened) -> None:
    at, act, today = home.desk(home.people[0].person_no), uuid4(), clock.today()
    for _ in range(2):
        async with transaction(REACH) as tx:
            await record_answer(tx, at, "p.caste", '"ST"', today, act)
    with pytest.raises(Conflict):
        async with transaction(REACH) as tx:
            await record_answer(tx, at, "p.caste", '"SC"', today, act)
    async with transaction(REACH) as tx:
        assert await count(tx, "scheme_answer", at.household_id) == 1
        row = await tx.fetchval(
            "SELECT id FROM scheme_answer WHERE household_id = $1", at.household_id
        )
        [facts] = await entries(tx, "scheme_fact:answered", str(row))
    assert set(facts) == {"household", "person", "fact", "value_sha256"}
    assert "ST" not in json.dumps(facts)


async def test_health_never_stands_in_the_desks_table(home: Screened) -> None:
    at = home.desk(home.people[0].person_no)
    for fact in ("p.tb_notified", "p.hiv_art", "p.silicosis_certified", "p.care_ground"):
        with pytest.raises(asyncpg.CheckViolationError):
            async with transaction(REACH) as tx:
                await record_answer(tx, at, fact, "true", clock.today(), uuid4())
    with pytest.raises(asyncpg.CheckViolationError):  # a fact of the household told of a person
        async with transaction(REACH) as tx:
            await record_answer(tx, at, "h.rural", "true", clock.today(), uuid4())


async def test_rows_of_an_act_are_tied_to_its_entry(home: Screened) -> None:
    at, today = home.desk("household"), clock.today()
    async with transaction(REACH) as tx:
        await record_consent(tx, at, Consent(True, "thumb", "khortha", today), uuid4())
        await note_paper(tx, at, "ration_card", True, today, uuid4())
        await keep_screening(tx, at, home.outcomes, today, uuid4())
        kept = await tx.fetch(
            "SELECT tag, facts FROM audit_entry WHERE facts LIKE $1 AND tag LIKE 'sc%'",
            f'%"household":{at.household_id},%',
        )
        results = await tx.fetchval(
            "SELECT count(*) FROM screening_result r JOIN screening s ON s.id = r.screening_id WHERE s.household_id = $1",
            at.household_id,
        )
        broken = await ledger.first_broken_seals(tx, OWN_SEALS)
    assert {row["tag"] for row in kept} == {
        "scheme_consent:recorded",
        "scheme_paper:noted",
        "screening:kept",
    }
    assert all("rows_sha256" in row["facts"] for row in kept)
    fitting = [one for one in home.outcomes if one.judgement.result != "not_eligible"]
    assert results == len(fitting) > 0
    assert broken == []


async def opened(home: Screened, code: str = "SARVAJAN") -> applications.ApplicationKnown:
    at = home.desk(home.people[0].person_no)
    async with transaction(REACH) as tx:
        number = await open_application(tx, at, code, clock.today(), uuid4())
        one = await applications.application(tx, number)
    assert one is not None
    return one


async def test_numbers_have_no_gap_and_one_is_open_at_a_time(home: Screened) -> None:
    at, act = home.desk(home.people[0].person_no), uuid4()

    async def begin(operation: object) -> str:
        async with transaction(REACH) as tx:
            return await open_application(tx, at, "SARVAJAN", clock.today(), operation)  # type: ignore[arg-type]  # a uuid

    number = await begin(act)
    assert await begin(act) == number
    with pytest.raises(Refused, match="already_open"):
        await begin(uuid4())
    other = await opened(home, "RURAL_WORK")
    assert int(other.number[-5:]) == int(number[-5:]) + 1


async def test_two_facilitators_at_once_move_it_once(home: Screened) -> None:
    one, today = await opened(home), clock.today()

    async def move(word: str) -> None:
        async with transaction(Reach("user:1", (one.cooperative_id,))) as tx:
            event = Event(State.CONSENTED, today, word=word, by="hindi")
            await move_application(tx, one, event, uuid4(), doubtful=False)

    # One pool connection a task: each waits for the chain's head.
    done = await asyncio.gather(
        *(asyncio.create_task(move(word)) for word in ("thumb", "voice")), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Refused"]
    async with transaction(REACH) as tx:
        happened = await applications.events(tx, one.id)
    assert [event.seq for event in happened] == [1, 2]


async def test_a_life_to_the_first_rupee_and_beyond(home: Screened) -> None:
    one, today = await opened(home), clock.today()
    steps = [
        Event(State.CONSENTED, today, word="thumb", by="hindi"),
        Event(State.DOCUMENTS_PENDING, today, papers=("voter_id",), due=today, barriers=("NO_ID",)),
        Event(State.APPLIED, today, office="Block", by="camp", barriers=("NO_ACK",)),
        Event(State.SANCTIONED, today, paise=100_000),
        Event(State.RECEIVING, today, paise=100_000, by="passbook"),
    ]
    for event in steps:
        async with transaction(REACH) as tx:
            await move_application(tx, one, event, uuid4(), doubtful=True)
    act = uuid4()
    for _ in range(2):
        async with transaction(REACH) as tx:
            await see_benefit(tx, one, Seen(today, 100_000, "passbook"), act)
    with pytest.raises(Refused, match="referral_move"):
        async with transaction(REACH) as tx:
            await see_benefit(tx, one, Seen(today + timedelta(1), 1, "passbook"), uuid4())
    async with transaction(REACH) as tx:
        happened = await applications.events(tx, one.id)
        seen = await applications.seen(tx, one.id)
        paid = await reports.seen_by_household(tx, today, today)
        faults = await ledger.first_faults(tx, schemes_proof.FAULTS)
        broken = await ledger.first_broken_seals(tx, OWN_SEALS)
        barriers = {row.word for row in await reports.by_barrier(tx)}
    assert [event.second_look for event in happened] == [False, False, False, True, False, False]
    assert happened[2].papers == ("voter_id",)
    assert [one.paise for one in seen] == [100_000, 100_000]
    assert paid[home.household.id] == 200_000
    assert (faults, broken) == ([], [])
    assert {"NO_ID", "NO_ACK"} <= barriers


async def test_a_benefit_that_does_not_run_is_not_seen(home: Screened) -> None:
    one = await opened(home)
    with pytest.raises(Refused, match="not_receiving"):
        async with transaction(REACH) as tx:
            await see_benefit(tx, one, Seen(clock.today(), 1, "passbook"), uuid4())


async def test_an_operation_id_of_another_cooperative_is_a_conflict(
    home: Screened, trade: Trade
) -> None:
    theirs = await family(trade.there)
    act, today = uuid4(), clock.today()
    async with transaction(REACH) as tx:
        found = await screened(tx, theirs.number, today)
        assert found is not None
        await record_answer(tx, found.desk("household"), "h.rural", "true", today, act)
    with pytest.raises(Conflict):
        async with transaction(Reach("user:1", (trade.here.id,))) as tx:
            await record_answer(tx, home.desk("household"), "h.rural", "true", today, act)


@pytest_asyncio.fixture
async def owner(database: Running) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database.addresses.owner)
    undo = connection.transaction()
    await undo.start()
    await connection.execute("SELECT set_config('coop.cooperatives', '*', true)")
    yield connection
    await undo.rollback()
    await connection.close()


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE application_event SET number = 'x' WHERE id = {event}",
        "UPDATE application_words SET office = 'C' WHERE event_id < {event} AND office = 'B'",
        "UPDATE application_event SET paise = paise + 1 WHERE id = {event}",
        "UPDATE scheme_application SET person_id = NULL WHERE id = {application}",
        "DELETE FROM application_detail WHERE event_id = {event}",
        "UPDATE benefit_seen SET paise = paise + 1 WHERE application_id = {application}",
        "DELETE FROM benefit_seen WHERE application_id = {application}",
        "UPDATE scheme_answer SET value = '\"GEN\"' WHERE household_id = {household}",
        "UPDATE scheme_consent SET given = NOT given WHERE household_id = {household}",
        "UPDATE scheme_paper SET seen = NOT seen WHERE household_id = {household}",
        "UPDATE screening SET on_day = on_day - 1 WHERE household_id = {household}",
        "DELETE FROM screening_result WHERE screening_id IN (SELECT id FROM screening WHERE household_id = {household})",
        "INSERT INTO application_event (cooperative_id, application_id, seq, state, on_day, note, number, office, word, by_way,"
        " second_look, recorded_by, recorded_at) SELECT cooperative_id, application_id, 99, 'closed', on_day, '', '', '', '', '',"
        " false, recorded_by, recorded_at FROM application_event WHERE id = {event}",
    ],
)
async def test_a_later_edit_is_found(home: Screened, owner: asyncpg.Connection, edit: str) -> None:
    today = clock.today()
    one = await opened(home)
    person, family_desk = home.desk(home.people[0].person_no), home.desk("household")
    async with transaction(REACH) as tx:
        await record_consent(tx, family_desk, Consent(True, "thumb", "hindi", today), uuid4())
        await record_answer(tx, person, "p.caste", '"ST"', today, uuid4())
        await note_paper(tx, person, "voter_id", False, today, uuid4())
        await keep_screening(tx, family_desk, home.outcomes, today, uuid4())
        for event in (
            Event(State.CONSENTED, today, word="thumb", by="hindi"),
            Event(State.APPLIED, today, office="B", by="camp", barriers=("NO_ACK",)),
            Event(State.SANCTIONED, today, paise=5),
            Event(State.RECEIVING, today, paise=5, by="passbook", barriers=("FAR",)),
        ):
            await move_application(tx, one, event, uuid4(), doubtful=False)
        happened = await applications.events(tx, one.id)
    tables = (
        "application_event",
        "scheme_application",
        "application_detail",
        "benefit_seen",
        "application_words",
    )
    for table in (*tables, "scheme_consent", "scheme_paper", "screening", "screening_result"):
        await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    tx_owner = Transaction(owner, REACH)
    assert await _faults(tx_owner) == []
    done = await owner.execute(
        edit.format(event=happened[-1].id, application=one.id, household=home.household.id)
    )
    assert not done.endswith(" 0")
    assert await _faults(tx_owner) != []


async def _faults(tx: Transaction) -> list[str]:
    ours = {
        name: sql
        for name, sql in FAULTS.items()
        if "scheme" in sql or "application" in sql or "screening" in sql or "benefit" in sql
    }
    return [*await ledger.first_faults(tx, ours), *await ledger.first_broken_seals(tx, OWN_SEALS)]
