"""Each event of a life, and a new version of a file, brings a household back to be checked; who is asked then."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from coop.audit.operations import lock_head, record
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import cooperatives
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.members.operations.end import end_membership, write_season
from coop.members.operations.once import sent
from coop.members.operations.record import ListedEntry, add_version, record_persons
from coop.members.queries import household_ids
from coop.members.queries.member import MemberFacts, member_of_id
from coop.members.rules.membership import Ending
from coop.members.rules.particulars import Particulars
from coop.schemes.operations.desk import record_answer
from coop.schemes.queries.catalogue import FOLDER, catalogue_in
from coop.schemes.queries.screened import screened
from coop.schemes.rules.dates import Span
from coop.schemes.rules.facts import Facts, Person
from coop.schemes.rules.judging import DayRules
from coop.schemes.rules.life import (
    Calendar,
    Household,
    Life,
    reasons,
    rule_changes,
)
from tests.livelihoods.village import put_into
from tests.members.people import new_member
from tests.schemes.test_life import AGES, _again, _check, _kinds
from tests.schemes.village import Family, family
from tests.trade import REACH, Trade

_NAMES = iter(
    ("Alka", "Bimla", "Chandni", "Dulari", "Etwari", "Fulo", "Gulabi", "Hiramuni", "Indu")
)


async def _new_member(trade: Trade, home: Family) -> str:
    """Somebody who lives there and is a member of the book."""
    name = next(_NAMES)
    async with transaction(REACH) as tx:
        owner = next(one for one in await cooperatives(tx) if one.id == trade.here.id)
    born = f"{3 + len(name)}-{len(name)}-19{50 + ord(name[0]) % 40}"
    await new_member(
        owner, f"{name} {name}kumari", dob=born, relation_name_latin=f"Mohan {name}lal"
    )
    async with transaction(REACH) as tx:
        number: str = await tx.fetchval(
            "SELECT member_no FROM member WHERE cooperative_id = $1 ORDER BY id DESC LIMIT 1",
            owner.id,
        )
    await put_into(trade.here, number, home.number)
    return number


async def _member(trade: Trade, number: str) -> MemberFacts:
    async with transaction(REACH) as tx:
        found = await tx.fetchval(
            "SELECT id FROM member WHERE cooperative_id = $1 AND member_no = $2",
            trade.here.id,
            number,
        )
        one = await member_of_id(tx, found)
    assert one is not None
    return one


async def _born_into(home: Family, trade: Trade) -> None:
    async with transaction(REACH) as tx:
        household_id = (await household_ids(tx))[home.number]
        await record_persons(
            tx, trade.here.id, [ListedEntry(f"{home.child}N", household_id, "", None)]
        )


async def _tell(home: Family, who: str, fact: str, value: str) -> None:
    async with transaction(REACH) as tx:
        known = await screened(tx, home.number, clock.today())
        assert known is not None
        await record_answer(tx, known.desk(who), fact, value, clock.today(), uuid4())


@pytest.mark.parametrize(
    "event", [Life.BIRTH, Life.JOINED, Life.DEATH, Life.MARRIAGE, Life.CLASS, Life.MIGRATION]
)
async def test_each_event_of_a_life_brings_the_household_back(trade: Trade, event: Life) -> None:
    """Beside birthdays: as the member book, the household list or the desk wrote it, and nothing else."""
    home, today = await family(trade.here), clock.today()
    one = await _new_member(trade, home)
    await _check(home, today)
    assert await _again(home) is None
    match event:
        case Life.BIRTH:
            await _born_into(home, trade)
        case Life.JOINED:
            async with transaction(REACH) as tx:
                bride = Particulars(name_latin="Gita Namuna", sex="F", dob=date(2001, 1, 1))
                household_id = (await household_ids(tx))[home.number]
                await record_persons(
                    tx, trade.here.id, [ListedEntry(f"{home.child}B", household_id, "", bride)]
                )
        case Life.DEATH:
            member = await _member(trade, one)
            async with transaction(REACH) as tx:
                await lock_head(tx, trade.here.id)
                await end_membership(tx, member, Ending.DIED, today, "panchayat's paper")
        case Life.MARRIAGE:
            member = await _member(trade, one)
            async with transaction(REACH) as tx:
                await lock_head(tx, trade.here.id)
                written = await add_version(
                    tx,
                    trade.here.id,
                    member.person_id,
                    Particulars(name_latin="Rina Namuna", sex="F"),
                    why="marriage",
                )
                await record(
                    tx,
                    AuditTag.PERSON_CHANGED,
                    cooperative_id=trade.here.id,
                    table="person_version",
                    row=str(written.row),
                    facts={
                        "person_no": member.person_no,
                        **written.facts,
                        "why": "marriage",
                        "bank_changed": 0,
                        "changed": "name_latin",
                    },
                )
        case Life.CLASS:
            await _tell(home, home.sunita, "p.class", "13")
        case _:
            member = await _member(trade, one)
            async with transaction(REACH) as tx:
                await write_season(tx, member, "away", today, sent(uuid4(), {}))
    found = await _again(home)
    assert found is not None, event
    assert {why.kind for why in found.reasons} == {event}
    await _check(home, today)
    assert await _again(home) is None


async def test_who_died_applies_for_nothing_and_who_moved_in_is_asked(trade: Trade) -> None:
    home, elsewhere, today = await family(trade.here), await family(trade.here), clock.today()
    one = await _new_member(trade, elsewhere)
    member = await _member(trade, one)
    async with transaction(REACH) as tx:
        no = await tx.fetchval("SELECT person_no FROM person WHERE id = $1", member.person_id)
        before = await screened(tx, home.number, today)
    assert before is not None
    assert before.person(no) is None
    await put_into(trade.here, one, home.number)
    async with transaction(REACH) as tx:
        moved = await screened(tx, home.number, today)
    assert moved is not None
    assert moved.knows(no), "a move makes a person of the household"
    async with transaction(REACH) as tx:
        await lock_head(tx, trade.here.id)
        await end_membership(tx, member, Ending.DIED, today, "panchayat's paper")
    async with transaction(REACH) as tx:
        after = await screened(tx, home.number, today)
    assert after is not None
    assert after.person(no) is None
    assert not [line for line in after.lines if line.applicant == no]


def test_a_new_version_of_a_file_takes_effect_on_its_day_and_brings_back_whom_it_is_about(
    tmp_path: Path,
) -> None:
    """An edited criterion, a scheme that is new, and a correction that its file dates."""
    folder, day = tmp_path / "schemes", date(2027, 2, 1)
    shutil.copytree(FOLDER, folder)
    path = folder / "catalogue" / "SSY.toml"
    text = path.read_text("utf-8")
    old = 'id = "age"\ntest = ["p.age", "<", 10]'
    assert old in text
    newer = '[[criterion]]\nid = "age"\nfrom = 2027-02-01\ntest = ["p.age", "<", 12]\n'
    text = text.replace(old, f'id = "age"\nto = 2027-01-31\n{old[11:]}').replace(
        "[[source]]", f"{newer}\n[[source]]", 1
    )
    path.write_text(text.replace('code = "SSY"', 'code = "SSY"\nagain = [2027-03-05]', 1), "utf-8")
    whole = catalogue_in(folder)
    girl = Facts(
        {"h.ssy_accounts": 0},
        (Person("g", {"p.sex": "F", "p.dob": Span(date(2016, 1, 1), date(2016, 1, 1))}),),
    )
    results = [
        {one.scheme: one.judgement.result for one in DayRules(whole, on).outcomes(girl)}["SSY"]
        for on in (day - timedelta(days=1), day)
    ]
    assert results == ["not_eligible", "eligible"]
    changes = rule_changes(whole.schemes.values())
    checked = Household(date(2026, 12, 1), True)
    before, on_day, corrected = (
        Calendar(on, AGES, changes, 60, 4)
        for on in (day - timedelta(days=1), day, date(2027, 3, 5))
    )
    named = [
        {code for why in reasons(checked, on) for code in why.schemes} for on in (before, on_day)
    ]
    assert "SSY" in named[1] - named[0]
    assert _kinds(Household(day, True), on_day) == []
    again = reasons(Household(date(2027, 3, 4), True), corrected)
    assert [why.schemes for why in again if why.kind is Life.RULES] == [("SSY",)]
