"""Who reads a case: the valid, the unrelated, the standby where it is due; and nobody otherwise."""

from collections.abc import Awaitable
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.refusal import NotThere, Refused
from coop.safeguarding.operations.telling import Told, raise_concern
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.book import Kind
from tests.safeguarding.village import AGENCY, Village, enter, name, seen_by, tell, write
from tests.schooling.family import new_family, user_id
from tests.trade import person


async def refused_with(act: Awaitable[object]) -> set[str]:
    with pytest.raises(Refused) as refused:
        await act
    return {one.code for one in refused.value.refusals}


async def test_without_a_valid_focal_point_the_standby_reads(village: Village) -> None:
    number = await tell(village.there)
    assert await seen_by(village.standby, number)
    assert not await seen_by(village.first, number)
    login = await person(Role.FOCAL_POINT, village.there)
    await name(login, village.there.id)
    own = await user_id(login)
    assert await seen_by(own, number)
    assert not await seen_by(village.standby, number)
    await name(login, village.there.id, days=-1)
    assert not await seen_by(own, number)
    assert await seen_by(village.standby, number)


async def test_a_relative_does_not_read_and_the_other_does(village: Village) -> None:
    family = await new_family(village.here)
    async with safe_transaction(AGENCY) as tx:
        mother = await tx.fetchval("SELECT id FROM person WHERE person_no = $1", family.mother_no)
    login = await person(Role.FOCAL_POINT, village.here)
    await name(login, village.here.id, person_id=mother)
    related = await user_id(login)
    other = await tell(village.here)
    assert await seen_by(related, other)
    number = await tell(village.here, child_no=family.child_no)
    assert not await seen_by(related, number)
    assert await seen_by(village.first, number)
    assert await seen_by(village.standby, number)
    with pytest.raises(NotThere):
        await write(related, number, Kind.VISIT, "clear", second="home")
    about_reader = await tell(village.here, names_reader=True)
    assert not await seen_by(village.first, about_reader)
    assert await seen_by(village.standby, about_reader)
    await write(village.first, number, Kind.CONFLICT, about_id=village.first)
    assert not await seen_by(village.first, number)


async def test_a_missed_day_calls_the_standby(client: httpx.AsyncClient, village: Village) -> None:
    with clock.frozen(clock.now() - timedelta(days=6)):
        number = await tell(village.here)
        assert not await seen_by(village.standby, number)
    assert await seen_by(village.standby, number)
    # Both see that it was handed up: in the list, on the case, and the standby on the home page.
    for login in (village.first_login, village.standby_login):
        await enter(client, login)
        assert "late; the standby reads it too" in (await client.get("/cases?lang=en")).text
        shown = await client.get(f"/cases/{number}?lang=en")
        assert "standby reads this case until it is done" in shown.text
    assert "Cases that wait" in (await client.get("/home?lang=en")).text
    await write(village.standby, number, Kind.RISK, "low", second="no_school")
    assert not await seen_by(village.standby, number)


async def test_with_nobody_to_read_nothing_is_taken(village: Village) -> None:
    lost = Told(village.there.id, uuid4(), "work")
    await name(village.standby_login, None, days=-1)
    try:
        assert await refused_with(raise_concern(lost)) == {"no_reader"}
        about = Told(village.here.id, uuid4(), "work", names_reader=True)
        assert await refused_with(raise_concern(about)) == {"no_reader"}
    finally:
        await name(village.standby_login, None)


async def test_nobody_names_themselves_or_without_role(village: Village) -> None:
    login = await person(Role.CLERK, village.here)
    assert await refused_with(name(login, village.here.id)) == {"role_missing"}
    assert await refused_with(name(village.first_login, village.here.id, training="")) == {
        "training_missing"
    }
