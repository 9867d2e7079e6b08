"""After a thousand messages no table, log or answer says anything of a sender."""

import io
import itertools
import logging
import re
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
import structlog

from coop.app import create_app
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.participation.controllers.box import BOX_BYTES
from coop.running import Running
from tests.participation.box import Box, form_id_of, open_box_of
from tests.trade import REACH, Trade, _side

MARKS = (
    "203.0.113.77", "203.0.113.78", "ZebraPhone", "hi-IN-zebra", "cookie-of-zebra", "trace-of-zebra",
    "zebra.example", "etag-zebra", "bearer-zebra",
)  # fmt: skip
ODD = {
    "user-agent": "ZebraPhone/1.0",
    "x-forwarded-for": "203.0.113.78, 203.0.113.77",
    "forwarded": "for=203.0.113.77",
    "accept-language": "hi-IN-zebra",
    "cookie": "s=cookie-of-zebra; __Host-s=cookie-of-zebra",
    "traceparent": "trace-of-zebra",
    "referer": "http://testserver/from-zebra.example",
    "if-none-match": "etag-zebra",
    "authorization": "Bearer bearer-zebra",
}


async def _dump(database: Running) -> dict[str, list[str]]:
    """Every table as text."""
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        names = await owner.fetch(
            "SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind = 'r'"
        )
        return {
            row["name"]: [r[0] for r in await owner.fetch(f"SELECT t::text FROM {row['name']} t")]
            for row in names
        }
    finally:
        await owner.close()


async def _new_box(code: str) -> Box:
    async with transaction(REACH) as tx:
        side = await _side(tx, code)
        await tx.execute(
            "INSERT INTO bylaw (cooperative_id, name, value, unit, holds_from, source, verified, recorded_at)"
            " VALUES ($1, 'voice_messages_a_day', 2000, 'messages', '2020-01-01', 'a test', false, now())",
            side.id,
        )
    return await open_box_of(side)


async def _send(count: int, box: Box, app: object) -> list[httpx.Response]:
    """So many children, each with odd headers, from an address of their own."""
    transport = httpx.ASGITransport(app=app, client=("203.0.113.77", 4711))  # type: ignore[arg-type]  # its scope is looser
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as phone:
        answers = [await phone.get(box.path, headers=ODD)]
        for at in range(count):
            typed = {"operation_id": str(uuid4()), "how": "bad", "words": f"बात {at}"}
            answers.append(await phone.post(box.path, data=typed, headers=ODD))
        return answers


async def _no_trace(count: int, code: str, database: Running) -> None:
    box = await _new_box(code)
    said, written = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(said)
    ours = [logging.getLogger(name) for name in ("", "coop", "litestar", "uvicorn")]
    for one in ours:
        one.addHandler(handler)
    app, before = create_app(), await _dump(database)
    try:
        with (
            redirect_stderr(written),
            redirect_stdout(written),
            structlog.testing.capture_logs() as logs,
        ):
            answers = await _send(count, box, app)
    finally:
        for one in ours:
            one.removeHandler(handler)
    after = await _dump(database)
    _look_at_answers(answers)
    # httpx speaks of its own requests; a server has no such line.
    lines = [*said.getvalue().splitlines(), *written.getvalue().splitlines()]
    ours_said = [line for line in lines if "HTTP Request:" not in line]
    assert (ours_said, logs) == ([], [])
    changed = {name for name, rows in after.items() if sorted(rows) != sorted(before[name])}
    assert changed == {"voice_message", "voice_words", "voice_day"}
    fresh = {name: set(after[name]) - set(before[name]) for name in changed}
    assert (len(fresh["voice_message"]), len(fresh["voice_words"])) == (count, count)
    _look_at_rows(fresh)
    await _look_at_order(database, box, count)


def _look_at_answers(answers: list[httpx.Response]) -> None:
    assert {(one.status_code, len(one.content)) for one in answers} == {(200, BOX_BYTES)}
    assert {tuple(sorted(one.headers.keys())) for one in answers} == {
        tuple(sorted(answers[0].headers.keys()))
    }
    for one in answers:
        assert "set-cookie" not in one.headers
        assert not [mark for mark in MARKS if mark in one.text or mark in str(one.headers)]
        assert not re.search(r"\d\d:\d\d", one.text.split("<!--")[0])


def _look_at_rows(fresh: dict[str, set[str]]) -> None:
    text = "\n".join(row for rows in fresh.values() for row in rows)
    assert not [mark for mark in MARKS if mark.casefold() in text.casefold()]
    now = clock.now()
    assert not re.search(r"\d\d:\d\d", text), "a time of day"
    assert str(int(now.timestamp()))[:7] not in text, "seconds since 1970"
    day = clock.today().isoformat()
    assert all(day in row for row in fresh["voice_message"])


async def _look_at_order(database: Running, box: Box, count: int) -> None:
    """Neither a key nor a column rises with the order of coming: words say ``बात 0``, ``बात 1``, …"""
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        rows = await owner.fetch(
            "SELECT w.words, m.id, m.code_mark, m.form_mark FROM voice_message m JOIN voice_words w ON w.message_id = m.id"
            " WHERE m.cooperative_id = $1", box.side.id,
        )  # fmt: skip
        kinds = await owner.fetch(
            "SELECT table_name, column_name, data_type, column_default FROM information_schema.columns"
            " WHERE table_name IN ('voice_message', 'voice_words', 'voice_day', 'voice_withheld')"
        )
    finally:
        await owner.close()
    for kind in kinds:
        assert kind["column_default"] is None, kind
        assert "time" not in kind["data_type"], kind
    came = sorted(rows, key=lambda row: int(row["words"].split()[1]))
    assert len(came) == count
    for column in ("id", "code_mark", "form_mark"):
        values: list[Any] = [row[column] for row in came]
        rising = sum(a < b for a, b in itertools.pairwise(values))
        assert count // 4 < rising < 3 * count // 4, column
    assert {row["id"].version for row in came} == {4}, "no time within the key"


async def test_forty_messages_leave_no_trace(database: Running, trade: Trade) -> None:
    await _no_trace(40, "VOICEF", database)


@pytest.mark.torture
async def test_a_thousand_messages_leave_no_trace(database: Running, trade: Trade) -> None:
    began = datetime.now(tz=clock.IST)
    await _no_trace(1000, "VOICEK", database)
    print("1000 messages in", datetime.now(tz=clock.IST) - began)


async def test_the_form_says_no_time_of_its_drawing(client: httpx.AsyncClient, box: Box) -> None:
    page = (await client.get(box.path)).text
    assert UUID(form_id_of(page)).version == 4
