"""Acts on members against PostgreSQL: rows, audit entries, two at once, and what verify finds."""

import asyncio
from typing import Any

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.kernel.refusal import Conflict, Refused
from coop.members.operations.admit import Undecided, admit
from coop.members.operations.change import name_nominees
from coop.members.operations.consent import record_consent
from coop.members.operations.doubles import decide_pair, undo_merge
from coop.members.operations.end import leave, write_season
from coop.members.operations.transfer import accept_transfer, ask_transfer
from coop.members.queries.book import likely_pairs
from coop.members.queries.doubles import open_pairs
from coop.members.queries.doubles import pair as pair_of
from coop.members.queries.history import history
from coop.members.queries.member import household
from coop.members.queries.search import find_members
from coop.members.queries.transfers import open_transfer_of
from coop.members.rules.consent import How, Purpose
from coop.members.rules.membership import Ending, State
from coop.members.rules.number import wanted
from coop.members.rules.particulars import NomineeShare
from coop.running import Running
from tests.members.people import Pair, admitted, form, new_member, typed
from tests.members.verifying import faults, there
from tests.trade import REACH


async def test_an_admission_leaves_rows_and_one_entry_each(pair: Pair) -> None:
    path = await new_member(
        pair.here, "Basanti Hansda", nominee_1_name="Mohan", nominee_1_share="100"
    )
    async with transaction(REACH) as tx:
        one = await there(tx, path)
        assert (one.state, one.household_no) == (State.ACTIVE, one.household_no)
        assert one.household_no.startswith("HPEOPLEA-")
        facts = await tx.fetchval(
            "SELECT facts FROM audit_entry WHERE tag = 'member:admitted' AND about_row = $1",
            str(one.id),
        )
        assert "Basanti" not in facts
        assert "name_latin=" in facts
        given = await tx.fetchval(
            "SELECT how FROM consent WHERE person_id = $1 AND given", one.person_id
        )
        assert given == "thumb"
        found = await household(tx, one.household_no, clock.today())
        assert found is not None
        assert [line.id for line in found.members] == [one.id]


async def test_two_clerks_admit_the_same_person_at_once(pair: Pair) -> None:
    async def once() -> object:
        async with transaction(Reach("user:1", (pair.here.id,))) as tx:
            return await admitted(tx, pair.here, "Chandni Besra")

    answers = await asyncio.gather(once(), once())
    assert sum(isinstance(answer, str) for answer in answers) == 1
    [shown] = [answer for answer in answers if isinstance(answer, Undecided)]
    assert [double.member.name_latin for double in shown.own] == ["Chandni Besra"]


async def test_the_same_form_twice_is_one_member(pair: Pair) -> None:
    from coop.members.forms.admission import Places, application_from
    from coop.members.operations.once import Sent, sent

    one = form()
    application = application_from(typed("Dulari Kisku"), Places("PEOPLEA", None), "0000")

    async def send(owner: Any, what: Sent) -> object:
        async with transaction(REACH) as tx:
            return await admit(tx, owner, application, {}, "other", what)

    first = await send(pair.here, one)
    assert await send(pair.here, one) == first
    for owner, other in (
        (pair.here, sent(one.operation_id, {"name": "x"})),
        (pair.there, sent(one.operation_id, {"name": "x"})),
    ):
        with pytest.raises(Conflict):
            await send(owner, other)


async def test_another_cooperative_is_told_code_score_and_reason_only(pair: Pair) -> None:
    await new_member(pair.here, "Etwari Soren", mobile="9431000077")
    reach = Reach("user:2", (pair.there.id,))
    async with transaction(reach) as tx:
        shown = await admitted(tx, pair.there, "Etwari Saren", mobile="9431000077")
        assert isinstance(shown, Undecided)
        assert [one.cooperative for one in shown.elsewhere] == ["PEOPLEA"]
        assert not shown.own
        assert "name" in shown.elsewhere[0].reasons
    async with transaction(reach) as tx:
        path = await admitted(tx, pair.there, "Etwari Saren", "other", mobile="9431000077")
        assert isinstance(path, str)
        assert (await there(tx, path)).state is State.PROVISIONAL
        # The pair is the agency's: the cooperative sees no row of it, and may not ask past the wall.
        assert (
            await tx.fetchval("SELECT count(*) FROM duplicate_pair WHERE cooperative_id IS NULL")
            == 0
        )
        assert (
            await tx.fetch("SELECT * FROM coop_likely_elsewhere('{}'::jsonb, $1)", pair.here.id)
            == []
        )
    async with transaction(reach) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.fetch("SELECT * FROM coop_elsewhere('{}'::jsonb, 0)")
    async with transaction(REACH) as tx:
        one = await there(tx, path)
        [found] = [p for p in await open_pairs(tx, across=True) if one.id in (p.a.id, p.b.id)]
        await decide_pair(tx, found, "not_same", "papers", "", form())
        assert (await there(tx, path)).state is State.ACTIVE
        assert not [p for p in await open_pairs(tx, across=True) if p.id == found.id]


async def test_a_merge_is_undone_and_not_asked_again(pair: Pair, database: Running) -> None:
    first = await new_member(pair.here, "Fulmati Tudu", dob="7-8-1979")
    second = await new_member(pair.here, "Gulabi Marandi", dob="7-8-1979")
    async with transaction(REACH) as tx:
        from coop.members.operations.doubles import keep_pair

        a, b = await there(tx, first), await there(tx, second)
        await keep_pair(tx, b.id, a.id, 910, ("name", "birth"))
    async with transaction(REACH) as tx:
        [found] = [p for p in await open_pairs(tx, across=False) if p.a.id == a.id]
        keep = "a"
        await decide_pair(tx, found, "same", "asked", keep, form())
        assert (await there(tx, second)).state is State.CEASED
        with pytest.raises(Refused):
            await decide_pair(tx, found, "same", "asked", keep, form())
    assert await faults(database) == []
    async with transaction(REACH) as tx:
        now = await pair_of(tx, found.id)
        assert now is not None
        assert now.gone == b.id
        await undo_merge(tx, now, form())
        assert (await there(tx, second)).state is State.ACTIVE
        again = await pair_of(tx, found.id)
        assert again is not None
        assert (again.decision, again.merge_id) == ("not_same", None)
        with pytest.raises(Refused):
            await undo_merge(tx, again, form())
    assert await faults(database) == []


async def test_the_command_leaves_out_what_was_decided(pair: Pair) -> None:
    async with transaction(REACH) as tx:
        assert isinstance(
            await admitted(tx, pair.here, "Hiramani Murmu", dob="3-2-1988", tola="Upar"), str
        )
        again = await admitted(tx, pair.here, "Hiramani Murmu", dob="3-2-1988", tola="Upar")
        assert isinstance(again, Undecided)
        number = again.own[0].member.member_no
        path = await admitted(
            tx,
            pair.here,
            "Hiramani Murmu",
            dob="3-2-1988",
            tola="Upar",
            **{f"pair_{number}": "other"},
        )
        assert isinstance(path, str)
        keys = {f"PEOPLEA/{number}", path.removeprefix("/members/")}
        found = [{p.member_a, p.member_b} for p in await likely_pairs(tx, "PEOPLEA")]
        assert keys not in found
        await tx.execute("INSERT INTO duplicate_decision (cooperative_id, pair_id, decision, because, decided_by, decided_at)"
                         " SELECT cooperative_id, id, 'same', 'asked', 'x', now() FROM duplicate_pair WHERE cooperative_id = $1", pair.here.id)  # fmt: skip
        found = [{p.member_a, p.member_b} for p in await likely_pairs(tx, "PEOPLEA")]
        assert keys in found


async def test_a_transfer_begins_there_on_the_day_it_ends_here(
    pair: Pair, database: Running
) -> None:
    path = await new_member(
        pair.here, "Jhariya Hembrom", shares="2", nominee_1_name="Budhan", nominee_1_share="100"
    )
    async with transaction(REACH) as tx:
        one = await there(tx, path)
        await ask_transfer(tx, one, pair.there, form())
        asked = await open_transfer_of(tx, one.id)
        assert asked is not None
        assert asked.shares == 2
    with pytest.raises(Refused):
        async with transaction(REACH) as tx:
            await ask_transfer(tx, one, pair.there, form())

    async def accept() -> object:
        async with transaction(Reach("user:3", (pair.here.id, pair.there.id))) as tx:
            try:
                return await accept_transfer(tx, asked, pair.there, "G/1", form())
            except Refused as refused:
                return refused.refusals[0].code

    answers = await asyncio.gather(accept(), accept())
    [new_path] = [str(a) for a in answers if str(a).startswith("/members/PEOPLEB/")]
    assert "answered_already" in answers
    async with transaction(REACH) as tx:
        old, new = await there(tx, path), await there(tx, new_path)
        assert (old.state, old.ceased_reason, old.ceased_on) == (
            State.CEASED,
            "transferred",
            clock.today(),
        )
        assert (new.state, new.admitted_on, new.shares) == (State.ACTIVE, clock.today(), 2)
        assert new.known == old.known
        # It is one person, who is not shown as a likely double of herself.
        both = {old.number, new.number}
        assert both not in [{p.member_a, p.member_b} for p in await likely_pairs(tx, None)]
    assert await faults(database) == []


async def test_seasons_consents_nominees_and_death_stand_in_the_history(
    pair: Pair, database: Running
) -> None:
    path = await new_member(pair.here, "Kamli Rajwar")
    async with transaction(REACH) as tx:
        one = await there(tx, path)
        await write_season(tx, one, "away", clock.today(), form())
        assert (await there(tx, path)).state is State.DORMANT
        await record_consent(tx, one, Purpose.PAYMENT, How.THUMB, clock.today(), form(), given=True)
        await record_consent(
            tx, one, Purpose.PAYMENT, How.READ_ALOUD, clock.today(), form(), given=False
        )
        await name_nominees(tx, one, [NomineeShare("Sita", "D/O", 1000)], form())
        with pytest.raises(Refused):
            await name_nominees(tx, one, [], form())
        await leave(tx, one, Ending.DIED, clock.today(), "", form())
        lines = [str(line.what) for line in await history(tx, await there(tx, path))]
        assert lines.count("Consent given") == 2
        assert {
            "Died",
            "Away for the season",
            "Consent withdrawn",
            "Nominees named",
            "Admission",
        } <= set(lines)
    assert await faults(database) == []


async def test_names_are_found_page_by_page(pair: Pair) -> None:
    reach = Reach("user:5", (pair.there.id,))
    async with transaction(reach) as tx:
        for number in range(30):
            path = await admitted(tx, pair.there, "Parwati Ghatwar", dob=f"{number % 27 + 1}-{number % 11 + 2}-{1950 + number}",
                                  relation_name_latin=f"Q{chr(97 + number % 26)}{chr(97 + number // 26)}r Ghatwar", village=f"Gaon{number}")  # fmt: skip
            assert isinstance(path, str), path
        seen: list[int] = []
        after = ""
        while True:
            found = await find_members(tx, wanted("पार्वती"), after)
            seen += [line.id for line in found.members]
            if found.after is None:
                break
            after = found.after
        assert len(seen) == len(set(seen)) == 30
        assert {
            line.id for line in (await find_members(tx, wanted("parwati ghatwal"))).members
        } <= set(seen)
        assert not (await find_members(tx, wanted("parwati xyz"))).members
    async with transaction(Reach("user:5", (pair.here.id,))) as tx:
        assert not (await find_members(tx, wanted("Parwati"))).members
