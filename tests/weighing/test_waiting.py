"""Entries older than 72 hours wait for a manager; nobody else pays for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.running import Running
from coop.weighing.queries.reversal_proof import REVERSAL_FAULTS, REVERSAL_SEALS
from tests.come_in import come_in
from tests.proofs import is_found
from tests.trade import REACH, Trade, body
from tests.weighing.taken_back import faults, insider
from tests.weighing.test_api import codes, numbers, send


def old(**changed: object) -> dict[str, object]:
    at = clock.now() - timedelta(hours=73)
    return body(weighed_at=at.isoformat(timespec="seconds"), **changed)


async def kept(one: dict[str, object]) -> list[Any]:
    async with transaction(REACH) as tx:
        return await tx.fetch(
            "SELECT * FROM waiting_entry WHERE entry_id = $1", UUID(str(one["id"]))
        )


async def test_an_old_entry_waits_and_is_booked_when_confirmed(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    before = await numbers(trade.here)
    one = old(member_no="0002")
    first = await send(client, trade.here, one)
    assert (first.status_code, codes(first)) == (422, ["too_old"])
    assert "इंतज़ार" in first.text
    again = await send(client, trade.here, one)
    assert (again.status_code, again.content) == (422, first.content)
    other = await send(client, trade.here, {**one, "gross_g": 9000})
    assert other.status_code == 409
    rows = await kept(one)
    assert len(rows) == 1
    assert rows[0]["device_id"] == trade.here.device.device_id
    assert await numbers(trade.here) == before
    csrf = await come_in(client, Role.MANAGER, trade.here)
    path = f"/corrections/entries/{one['id']}/decision"
    page = await client.get("/corrections")
    assert path in page.text
    none = await client.post(path, data={"csrf": csrf})
    assert (none.status_code, path in none.text) == (422, True)
    done = await client.post(path, data={"csrf": csrf, "outcome": "confirmed"})
    assert done.status_code == 303
    assert (await client.get(done.headers["location"])).status_code == 200
    assert len(await numbers(trade.here)) == len(before) + 1
    twice = await client.post(path, data={"csrf": csrf, "outcome": "confirmed"})
    assert twice.headers["location"] == done.headers["location"]
    assert (await client.post(path, data={"csrf": csrf, "outcome": "rejected"})).status_code == 409
    assert path not in (await client.get("/corrections")).text
    client.cookies.clear()
    booked = await send(client, trade.here, one)
    assert booked.status_code == 200
    number = f"TRADEA-{booked.json()['receipt']['fy'] // 100}-S{booked.json()['receipt']['no']:05d}"
    assert done.headers["location"] == f"/slips/{number}"
    assert (await send(client, trade.here, {**one, "gross_g": 9000})).status_code == 409


async def test_a_rejected_one_is_told_so(client: httpx.AsyncClient, trade: Trade) -> None:
    one = old()
    await send(client, trade.here, one)
    csrf = await come_in(client, Role.MANAGER, trade.here, "hi")
    path = f"/corrections/entries/{one['id']}/decision"
    assert (await client.post(path, data={"csrf": csrf, "outcome": "rejected"})).status_code == 303
    client.cookies.clear()
    answer = await send(client, trade.here, one)
    assert (answer.status_code, codes(answer)) == (422, ["not_confirmed"])


async def test_only_the_own_manager_decides(client: httpx.AsyncClient, trade: Trade) -> None:
    one = old()
    await send(client, trade.here, one)
    path = f"/corrections/entries/{one['id']}/decision"
    for role, side, status in (
        (Role.CLERK, trade.here, 403),
        (Role.TREASURER, trade.here, 403),
        (Role.MANAGER, trade.there, 404),
    ):
        csrf = await come_in(client, role, side)
        sent = await client.post(path, data={"csrf": csrf, "outcome": "confirmed"})
        assert sent.status_code == status, role
    await come_in(client, Role.MANAGER, trade.there)
    assert path not in (await client.get("/corrections")).text
    await come_in(client, Role.TREASURER, trade.here)
    shown = await client.get("/corrections")
    assert "Waits" in shown.text
    assert path not in shown.text


async def test_what_cannot_be_booked_is_refused_at_the_decision_too(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    one = old()
    await send(client, trade.here, one)
    # Meanwhile the device sends another weighing under the same id: the desk books it.
    assert (await send(client, trade.here, {**body(), "id": one["id"]})).status_code == 201
    csrf = await come_in(client, Role.MANAGER, trade.here)
    path = f"/corrections/entries/{one['id']}/decision"
    sent = await client.post(path, data={"csrf": csrf, "outcome": "confirmed"})
    assert (sent.status_code, "another content" in sent.text) == (422, True)
    assert (await client.post(path, data={"csrf": csrf, "outcome": "rejected"})).status_code == 303


async def test_with_another_fault_nothing_is_kept(client: httpx.AsyncClient, trade: Trade) -> None:
    one = old(member_no="7777")
    answer = await send(client, trade.here, one)
    assert set(codes(answer)) == {"too_old", "unknown_member"}
    assert "इंतज़ार" not in answer.text
    assert await kept(one) == []


async def test_a_list_keeps_the_old_and_books_the_rest(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    sent = [body(), old(), body()]
    got = await send(client, trade.here, sent)
    assert [one["status"] for one in got.json()] == [201, 422, 201]
    assert len(await kept(sent[1])) == 1


async def test_what_is_young_costs_no_statement(
    client: httpx.AsyncClient, trade: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for name in ("fetch", "fetchrow", "fetchval", "execute"):
        before = getattr(Transaction, name)

        async def counted(
            self: Transaction, sql: str, *values: object, _before: Any = before
        ) -> Any:
            asked.append(sql)
            return await _before(self, sql, *values)

        monkeypatch.setattr(Transaction, name, counted)
    await send(client, trade.here, body())
    asked.clear()
    assert (await send(client, trade.here, body())).status_code == 201
    assert not [sql for sql in asked if "waiting_entry" in sql]
    assert len(asked) <= 4, asked


async def test_an_edit_of_what_waits_is_found(
    client: httpx.AsyncClient, database: Running, trade: Trade
) -> None:
    one = old(member_no="0002")
    await send(client, trade.here, one)
    csrf = await come_in(client, Role.MANAGER, trade.here)
    path = f"/corrections/entries/{one['id']}/decision"
    await client.post(path, data={"csrf": csrf, "outcome": "confirmed"})
    where = f"WHERE entry_id = '{one['id']}'"
    async with insider(database) as tx:
        assert await faults(tx) == []
    for edit in (
        f"UPDATE waiting_entry SET kept = replace(kept, '16100', '16200') {where}",
        f"UPDATE waiting_entry SET clerk_id = 5 {where}",
        f"DELETE FROM waiting_entry {where}",
        f"UPDATE waiting_entry_decision SET decided_by = decided_by + 1 {where}",
        f"UPDATE waiting_entry_decision SET weighing_no = weighing_no - 1 {where}",
        f"DELETE FROM waiting_entry_decision {where}",
    ):
        async with insider(database) as tx:
            assert not (await tx.execute(edit)).endswith(" 0"), edit
            assert await is_found(tx, REVERSAL_FAULTS, REVERSAL_SEALS), edit
