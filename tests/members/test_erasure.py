"""Erasure by two, what stays and still verifies; what an insider edits is found."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.kernel.refusal import Refused
from coop.members.operations.end import leave
from coop.members.operations.erase import ask_erasure, confirm_erasure
from coop.members.queries.erasures import open_request_of, person
from coop.members.queries.search import find_members
from coop.members.rules.membership import Ending
from coop.members.rules.number import wanted
from coop.running import Running
from tests.members.people import Pair, form, new_member
from tests.members.verifying import faults, there
from tests.trade import REACH


@pytest_asyncio.fixture
async def nothing_kept(pair: Pair, database: Running) -> AsyncIterator[None]:
    """A by-law of both cooperatives, for one test, that books need not be kept."""
    owner = await asyncpg.connect(database.addresses.owner)
    kept = """INSERT INTO bylaw (cooperative_id, name, value, unit, holds_from, source, verified, recorded_at)
              VALUES ($1, 'member_kept', $2, 'months', '2000-01-01', 'a test', false, now())"""
    for months in (0, 72):
        await owner.executemany(kept, [(pair.here.id, months), (pair.there.id, months)])
        if months == 0:
            yield
    await owner.close()


async def test_an_erasure_blanks_and_everything_verifies_after(
    pair: Pair, database: Running, nothing_kept: None
) -> None:
    path = await new_member(
        pair.here,
        "Lalmuni Baskey",
        nominee_1_name="Budhan Baskey",
        nominee_1_share="100",
        bank_account="123456789",
    )
    manager, board = Reach("user:801", (pair.here.id,)), Reach("user:802", (pair.here.id,))
    async with transaction(manager) as tx:
        one = await there(tx, path)
        found = await person(tx, one.person_no)
        assert found is not None
        with pytest.raises(Refused, match="still_member"):
            await ask_erasure(tx, found, form())
        await leave(tx, one, Ending.RESIGNED, clock.today(), "", form())
        found = await person(tx, one.person_no)
        assert found is not None
    async with transaction(manager) as tx:
        await ask_erasure(tx, found, form())
        asked = await open_request_of(tx, found.id)
        assert asked is not None
        with pytest.raises(Refused, match="second_person"):
            await confirm_erasure(tx, asked, form())
    # Not even the function itself takes the one who asked for the second person.
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        async with transaction(manager) as tx:
            await tx.fetchval("SELECT coop_erase_person($1, now())", asked.id)
    async with transaction(Reach("user:803", (pair.there.id,))) as tx:
        assert await person(tx, one.person_no) is None
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        async with transaction(Reach("user:803", (pair.there.id,))) as tx:
            await tx.fetchval("SELECT coop_erase_person($1, now())", asked.id)
    async with transaction(board) as tx:
        await confirm_erasure(tx, asked, form())
    async with transaction(REACH) as tx:
        now = await there(tx, path)
        assert now.erased
        assert not any((now.name_latin, now.known.bank_account, now.known.dob, now.known.village))
        assert not (await find_members(tx, wanted("Lalmuni"))).members
        row = await tx.fetchrow(
            """SELECT string_agg(n.name, '') AS heirs, max(h.village) AS village FROM nominee n JOIN member m ON m.id = n.member_id
               JOIN person_home o ON o.person_id = m.person_id JOIN household_version h ON h.household_id = o.household_id WHERE m.id = $1""",
            now.id,
        )
        assert row is not None
        assert (row["heirs"], row["village"]) == ("", "")
    assert await faults(database) == []
    version = f"UPDATE person_version SET name_latin = 'Put back' WHERE person_id = {now.person_id}"
    assert "particulars of a person differ from their audit entry" in await faults(
        database, version
    )


async def test_a_household_with_others_keeps_what_is_theirs(
    pair: Pair, database: Running, nothing_kept: None
) -> None:
    first = await new_member(pair.there, "Makhni Pandit", dob="1-2-1970")
    async with transaction(REACH) as tx:
        head = await there(tx, first)
    await new_member(pair.there, "Nagina Pandit", dob="9-9-1990", household_no=head.household_no)
    async with transaction(REACH) as tx:
        await leave(tx, head, Ending.RESIGNED, clock.today(), "", form())
    async with transaction(Reach("user:811", (pair.there.id,))) as tx:
        found = await person(tx, head.person_no)
        assert found is not None
        await ask_erasure(tx, found, form())
        asked = await open_request_of(tx, found.id)
        assert asked is not None
    async with transaction(Reach("user:812", (pair.there.id,))) as tx:
        await confirm_erasure(tx, asked, form())
        row = await tx.fetchrow(
            "SELECT v.village, v.head_name FROM household_version v JOIN household h ON h.id = v.household_id WHERE h.household_no = $1",
            head.household_no,
        )
        assert row is not None
        assert (row["village"], row["head_name"]) == ("Namunatand", "")
    assert await faults(database) == []


EDITS = {
    "a name": "UPDATE person_version SET name_latin = name_latin || 'x' WHERE person_id = {person}",
    "a bank account": "UPDATE person_version SET bank_account = '987654321' WHERE person_id = {person}",
    "a birth": "UPDATE person_version SET dob = dob - 1 WHERE person_id = {person}",
    "a salt": "UPDATE person_version SET salt = '\\x00' WHERE person_id = {person}",
    "who told it": "UPDATE person_version SET told_by = 'household_list' WHERE person_id = {person}",
    "a version blanked by hand": "UPDATE person_version SET name_latin = '', salt = '' WHERE person_id = {person}",
    "a version gone": "DELETE FROM person_version WHERE person_id = {person}",
    "a village of a household": "UPDATE household_version SET village = 'x' WHERE household_id = {home}",
    "a head of a household": "UPDATE household_version SET head_name = 'x' WHERE household_id = {home}",
    "a head's salt": "UPDATE household_version SET head_salt = '', head_name = '' WHERE household_id = {home}",
    "a nominee": "UPDATE nominee SET name = 'x' WHERE member_id = {member}",
    "a share": "UPDATE nominee SET share_tenths = 500 WHERE member_id = {member}",
    "a day of admission": "UPDATE member SET admitted_on = admitted_on - 1 WHERE id = {member}",
    "shares": "UPDATE member SET shares = 9 WHERE id = {member}",
    "a provisional one made full": "UPDATE member SET provisional = NOT provisional WHERE id = {member}",
    "a consent": "UPDATE consent SET given = NOT given WHERE person_id = {person}",
    "an end": "UPDATE member_cessation SET ceased_on = ceased_on - 1 WHERE member_id = {member}",
    "an end's reason": "UPDATE member_cessation SET reason = 'resigned' WHERE member_id = {member}",
}


@pytest.fixture(scope="session")
async def edited(pair: Pair) -> dict[str, int]:
    """Row ids of a member whose rows an insider edits."""
    path = await new_member(
        pair.here, "Olpa Mirdha", nominee_1_name="Budhan", nominee_1_share="100"
    )
    async with transaction(REACH) as tx:
        one = await there(tx, path)
        await leave(tx, one, Ending.DIED, clock.today(), "", form())
        home = await tx.fetchval(
            "SELECT household_id FROM person_home WHERE person_id = $1", one.person_id
        )
    return {"person": one.person_id, "member": one.id, "home": home}


@pytest.mark.parametrize("what", EDITS)
async def test_an_edited_row_is_found(database: Running, edited: dict[str, int], what: str) -> None:
    assert await faults(database, EDITS[what].format(**edited)), what


async def test_the_application_changes_no_personal_value(pair: Pair, database: Running) -> None:
    app = await asyncpg.connect(database.addresses.app)
    try:
        for table in (
            "person_version",
            "household_version",
            "nominee",
            "erasure",
            "member_cessation",
            "consent",
        ):
            for sql in (
                f"UPDATE {table} SET cooperative_id = cooperative_id",
                f"DELETE FROM {table}",
            ):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await app.execute(sql)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute(
                "INSERT INTO erasure (cooperative_id, request_id, person_id, confirmed_by, erased_at) VALUES (1, 1, 1, 'x', now())"
            )
    finally:
        await app.close()
