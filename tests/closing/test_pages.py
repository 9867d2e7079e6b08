"""The close of a day by its pages: who may, what is refused where, both languages, another's is not there."""

from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from tests.closing.test_closing import CLERK, count, house
from tests.come_in import come_in
from tests.trade import Trade
from tests.weighing.test_pages import fields_of


async def send(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    form = fields_of((await client.get("/closing/count")).text, "/closing/count")
    return await client.post("/closing/count", data={**form, **typed})


@pytest.mark.parametrize(("language", "closed"), [("en", "Closed"), ("hi", "बंद")])
async def test_a_clerk_counts_and_the_treasurer_confirms(
    client: httpx.AsyncClient, trade: Trade, language: str, closed: str
) -> None:
    side = await house()
    await come_in(client, Role.CLERK, side, language)
    assert "/closing/count" in (await client.get("/closing")).text, "an empty list says what to do"
    differs = await send(client, note_50000="१", coin_100="5")
    assert differs.status_code == 422
    assert 'href="#reason"' in differs.text
    typed = fields_of(differs.text, "/closing/count")
    assert (typed["note_50000"], typed["coin_100"]) == ("१", "5")
    wrong = await send(client, note_50000="two")
    assert (wrong.status_code, 'href="#note_50000"' in wrong.text) == (422, True)
    done = await client.post("/closing/count", data={**typed, "reason": "not_known"})
    paper = done.headers["location"]
    assert done.status_code == 303
    assert "data-print" in (await client.get(paper)).text
    no = {"csrf": typed["csrf"], "operation_id": str(uuid4())}
    assert (await client.post(paper, data=no)).status_code == 403
    await come_in(client, Role.TREASURER, side, language)
    shown = await client.get(paper)
    confirmed = await client.post(paper, data=fields_of(shown.text, paper))
    assert confirmed.status_code == 303
    after = (await client.get(paper)).text
    assert closed in after
    assert "495.00" in after
    assert "505.00" in after
    assert paper in (await client.get("/closing")).text
    again = await client.post(
        paper, data={**fields_of(shown.text, paper), "operation_id": str(uuid4())}
    )
    assert again.status_code == 422


async def test_who_counted_does_not_confirm(client: httpx.AsyncClient, trade: Trade) -> None:
    side = await house()
    await come_in(client, Role.MANAGER, side, "hi")
    done = await send(client, note_50000="2")
    shown = await client.get(done.headers["location"])
    assert 'name="operation_id"' not in shown.text
    typed = {"csrf": fields_of((await client.get("/account")).text, "/sign-out")["csrf"]}
    answer = await client.post(
        done.headers["location"], data={**typed, "operation_id": str(uuid4())}
    )
    assert answer.status_code == 422
    assert "आपने" in answer.text


async def test_another_cooperatives_close_is_not_there(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    side = await house()
    made = await count(side, 1000)
    assert CLERK.user_id
    await come_in(client, Role.MANAGER, trade.there)
    assert (await client.get(f"/closing/{made}")).status_code == 404
    assert (await client.get(f"/closing?coop={side.code}")).status_code == 404
    typed = {"csrf": fields_of((await client.get("/account")).text, "/sign-out")["csrf"]}
    told = await client.post(f"/closing/{made}", data={**typed, "operation_id": str(uuid4())})
    assert told.status_code == 404
    assert (await client.get(f"/closing/{2**70}")).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if ROLES[role].holder is Holder.PERSON])
async def test_each_role_sees_what_it_may(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    await come_in(client, role, trade.here)
    for path, permission in (
        ("/closing", Permission.CLOSING_DAY_READ),
        ("/closing/count", Permission.CLOSING_BOX_COUNT),
    ):
        allowed = permission in ROLES[role].permissions
        assert (await client.get(path)).status_code == (200 if allowed else 403), path


async def test_a_count_waits_on_the_home_of_who_may_confirm(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    side = await house()
    await come_in(client, Role.TREASURER, side, "hi")
    assert "पुष्टि बाकी" not in (await client.get("/home")).text
    await count(side, 1000)
    assert "पुष्टि बाकी" in (await client.get("/home")).text
    await come_in(client, Role.CLERK, side, "hi")
    assert "पुष्टि बाकी" not in (await client.get("/home")).text
