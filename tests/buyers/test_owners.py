"""Owners compared with member books, accounts for buyers, and what is asked of a buyer."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from coop.access.roles import Role
from coop.buyers.rules.conflict import LEAST, MemberName, likeness_to_member
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.buyers.firms import kept_firm, let_in_as, user_id_of
from tests.buyers.test_pages import send
from tests.trade import REACH, Trade
from tests.weighing.test_pages import fields_of


@pytest.mark.parametrize(
    ("owner", "name", "relation", "reasons"),
    [
        ("Ramesh Yadav", "रमेश यादव", "", "same_name"),
        ("Ramesh Jadav", "Suneeta Yadav", "Late Ramesh Yadaw", "family"),
        ("Ramesh Yadav", "Ramesh Yadav", "Ramesh Yadav", "same_name|family"),
        ("Ramesh", "Ramesh Yadav", "", "same_name"),
        ("Ramesh Yadav", "Rajesh Yadav", "", None),
        ("Ramesh Yadav", "Ramesh Turi", "", None),
        ("Ramesh Yadav", "", "", None),
    ],
)
def test_a_likeness_is_a_score_with_reasons(
    owner: str, name: str, relation: str, reasons: str | None
) -> None:
    found = likeness_to_member(owner, MemberName(1, 1, (name,), (relation,) if relation else ()))
    assert (found.reasons if found else None) == reasons
    assert found is None or LEAST <= found.score <= 100


async def test_owners_are_compared_and_no_member_is_named(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    made = await kept_firm()
    code = made.buyer_code
    await let_in_as(client, Role.INSPECTOR, trade)
    path = f"/buyers/{code}/owners"
    assert (await send(client, path, name="", part="owner")).status_code == 422
    # The members of these tests are all named Namuna and a number: the bare given name is alike.
    assert (await send(client, path, name="नमूना", part="partner")).status_code == 303
    page = (await client.get(f"/buyers/{code}")).text
    assert "TRADEA/0001" in page
    assert "Namuna 0001" not in page
    assert (await send(client, path, name="नमूना", part="partner")).status_code == 422
    async with transaction(REACH) as tx:
        flags = await tx.fetch(
            "SELECT c.id, c.score FROM buyer_conflict c JOIN buyer_act a ON a.id = c.act_id WHERE a.buyer_code = $1 ORDER BY c.id",
            code,
        )
    assert len(flags) >= 18
    assert all(70 <= flag["score"] <= 100 for flag in flags)
    ruling = f"/buyers/{code}/conflicts/{flags[0]['id']}"
    assert (await send(client, ruling, outcome="conflict", reason="asked")).status_code == 422
    given = {"outcome": "conflict", "reason": "asked", "recusal": "treasurer of TRADEA"}
    assert (await send(client, ruling, **given)).status_code == 303
    assert "treasurer of TRADEA" in (await client.get(f"/buyers/{code}")).text
    again = fields_of((await client.get(f"/buyers/{code}")).text, f"/buyers/{code}/comparison")
    assert (await client.post(f"/buyers/{code}/comparison", data=again)).status_code == 303
    async with transaction(REACH) as tx:
        after = await tx.fetchval(
            "SELECT count(*) FROM buyer_conflict c JOIN buyer_act a ON a.id = c.act_id WHERE a.buyer_code = $1",
            code,
        )
    assert after == len(flags), "nobody is flagged twice"
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.MANAGER):
        await let_in_as(client, role, trade)
        assert "TRADEA/0001" not in (await client.get(f"/buyers/{code}")).text


async def test_an_administrator_adds_an_account_and_asks_for_a_paper(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    made = await kept_firm()
    await let_in_as(client, Role.ADMINISTRATOR, trade)
    path = f"/buyers/{made.buyer_code}/people"
    login = f"firm-{made.buyer_code.lower()}"
    added = await send(client, path, user=login, name="Firm (invented)")
    assert added.status_code == 200
    assert "It is not shown again" in added.text
    assert (await send(client, path, user=login)).status_code == 422
    user_id = await user_id_of(login)
    async with transaction(REACH) as tx:
        tied = await tx.fetchval(
            "SELECT b.buyer_code FROM buyer_person p JOIN buyer b ON b.id = p.buyer_id WHERE p.user_id = $1",
            user_id,
        )
    assert tied == made.buyer_code
    later = clock.today() + timedelta(days=4000)
    asked: dict[str, Any] = {
        "kind": "rcmc",
        "buyer_kind": "exporter",
        "mandatory": "yes",
        "holds_from": later.isoformat(),
    }
    assert (await send(client, "/buyers/demands", **asked)).status_code == 422
    done = await send(
        client, "/buyers/demands", **asked, source="Order 9 (invented)", holds_days="365"
    )
    assert (done.status_code, done.headers["location"]) == (303, "/buyers/demands")
    shown = (await client.get("/buyers/demands")).text
    assert "Order 9 (invented)" in shown
    assert "not compared with the text of a rule" in shown
