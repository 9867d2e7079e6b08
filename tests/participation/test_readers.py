"""Readers: who opens what, what is kept from whom, answers that give nobody away, the paper box, the board."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import httpx
import pypdfium2
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Place, Role
from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.participation.controllers import handed
from coop.participation.operations.box import put_in
from coop.participation.queries.role import voice_transaction
from coop.participation.rules import Concern, Reader, Said
from coop.running import Running
from tests.agency import enter, fields_of
from tests.participation.box import Box, open_pictures, say_it
from tests.trade import REACH

_SEARCHED = "SELECT question, about, row_count FROM audit_read WHERE actor = $1 ORDER BY id"


async def yesterday(box: Box, said: Said) -> tuple[UUID, tuple[int, ...]]:
    """A message of the day before; its key and its pictures."""
    with clock.frozen(clock.now() - timedelta(days=1)):
        async with voice_transaction(Reach("public", (box.side.id,))) as tx:
            before = {row[0] for row in await tx.fetch("SELECT id FROM voice_message")}
            pictures = await put_in(tx, box.side.id, uuid4(), said, box.readers)
            after = {row[0] for row in await tx.fetch("SELECT id FROM voice_message")}
    return (after - before).pop(), pictures


def only(*readers: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand in who reads."""

    async def answer(_: int) -> tuple[Reader, ...]:
        return readers

    monkeypatch.setattr(handed._handed, "readers", answer)


async def test_a_reader_sorts_answers_and_tells_on(
    client: httpx.AsyncClient, own: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, pictures = await yesterday(own, Said("bad", "school", "हमारा स्कूल बहुत दूर पड़ता है", True))
    user = await enter(client, Role.FOCAL_POINT, side=own.side)
    raised: list[Concern] = []

    async def take(concern: Concern) -> None:
        raised.append(concern)

    monkeypatch.setattr(handed._handed, "raise_concern", take)
    listed = (await client.get("/voice")).text
    assert f"/voice/messages/{key}" in listed
    page = f"/voice/messages/{key}"
    token = {"csrf": fields_of((await client.get(page)).text, f"{page}/kind")["csrf"]}
    for typed, field in (({}, "kind"), ({"kind": "concern"}, "concern_about")):
        answer = await client.post(f"{page}/kind", data=token | typed)
        assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)
    sort = token | {"kind": "concern", "concern_about": "school"}
    assert [(await client.post(f"{page}/kind", data=sort)).status_code for _ in "ab"] == [303, 303]
    assert (await client.post(f"{page}/kind", data=token | {"kind": "idea"})).status_code == 422
    assert {(one.operation_id, one.about, one.danger_now) for one in raised} == {(str(key), "school", False)}  # fmt: skip
    for words, code in (
        ("हमारा स्कूल बहुत दूर पड़ता", "repeats"),
        ("Didi will come on Monday", ""),
        ("Ring 94310 00000 soon", "phone"),
    ):
        answer = await client.post(f"{page}/answer", data=token | {"answer": words})
        assert (answer.status_code, code in answer.text) == ((422, True) if code else (303, True))
    other = await client.post(f"{page}/answer", data=token | {"answer": "Something else"})
    assert other.status_code == 422
    told = token | {"told": "बस की माँग बार-बार आई"}
    assert (await client.post(f"{page}/told", data=told)).status_code == 303
    opened = await open_pictures(client, own, pictures)
    assert "Didi will come on Monday" in opened.text
    assert "दूर" not in opened.text
    year = await client.get(f"/voice/year/{own.side.code}/{clock.today().year}")
    assert "बस की माँग" in year.text
    assert "दूर पड़ता" not in year.text
    paper = (
        await client.get(f"/voice/year/{own.side.code}/{clock.today().year}/paper.pdf")
    ).content
    printed = " ".join(pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range().split())
    assert "बस की माँग" in printed
    assert "दूर पड़ता" not in printed
    async with transaction(REACH) as tx:
        reads = [tuple(row.values()) for row in await tx.fetch(_SEARCHED, f"user:{user}")]
        entries = await tx.fetch(
            "SELECT tag, chain, facts FROM audit_entry WHERE actor = $1", f"user:{user}"
        )
    assert ("voice", "inbox", 1) in reads
    assert ("voice message", str(key), 1) in reads
    assert {row["chain"] for row in entries if row["tag"].startswith("voice")} == {"AGENCY"}
    assert not [row for row in entries if "concern" in row["facts"]]


async def test_a_message_that_names_a_reader_goes_to_the_other(
    client: httpx.AsyncClient, own: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = await enter(client, Role.FOCAL_POINT, side=own.side)
    seen_by_inside = dict(client.cookies)
    outside = await enter(client, Role.STANDBY)
    seen_by_outside = dict(client.cookies)
    readers = (Reader(inside, "Basanti Namuna", outside=False), Reader(outside, "Rekha Das", outside=True))  # fmt: skip
    only(*readers, monkeypatch=monkeypatch)
    async with voice_transaction(Reach("public", (own.side.id,))) as tx:
        for words in ("बसंती दीदी डाँटती है", "rekha नहीं आती", "दोनों, Basanti और Rekha", "झूला दो"):
            await put_in(tx, own.side.id, uuid4(), Said("help", "", words, False), readers)
    found = {}
    for name, cookies in (("inside", seen_by_inside), ("outside", seen_by_outside)):
        client.cookies.clear()
        client.cookies.update(cookies)
        page = (await client.get("/voice")).text
        found[name] = {w for w in ("बसंती दीदी", "rekha नहीं", "दोनों", "झूला") if w in page}
    assert found == {"inside": {"rekha नहीं", "झूला"}, "outside": {"बसंती दीदी", "दोनों", "झूला"}}
    async with voice_transaction(Reach("x", (own.side.id,))) as tx:
        kept = await tx.fetchval(
            "SELECT message_id FROM voice_withheld WHERE user_id = $1", outside
        )
    assert (await client.get(f"/voice/messages/{kept}")).status_code == 404


async def test_what_came_today_is_read_tomorrow_and_help_at_once(
    client: httpx.AsyncClient, own: Box
) -> None:
    await enter(client, Role.FOCAL_POINT, side=own.side)
    await say_it(client, own, how="good", words="आज की खुशी")
    await say_it(client, own, how="help", words="आज की मदद")
    page = (await client.get("/voice")).text
    assert "आज की मदद" in page
    assert "आज की खुशी" not in page
    with clock.frozen(clock.now() + timedelta(days=1)):
        await enter(client, Role.FOCAL_POINT, side=own.side)
        assert "आज की खुशी" in (await client.get("/voice")).text


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(client: httpx.AsyncClient, box: Box, role: Role) -> None:
    key, _ = await yesterday(box, Said("good", "", "", False))
    await enter(client, role, side=box.side)
    held = ROLES[role].permissions
    reads = Permission.PARTICIPATION_MESSAGE_READ in held
    assert reads == (role in (Role.FOCAL_POINT, Role.STANDBY))
    token = re.search(r'name="csrf" value="([^"]+)"', (await client.get("/account")).text)
    assert token is not None
    for path in ("/voice", "/voice/paper", "/voice/board", f"/voice/messages/{key}"):
        assert (await client.get(path)).status_code == (200 if reads else 404), (role, path)
    for path in ("/voice/paper", "/voice/board", f"/voice/messages/{key}/kind", f"/voice/messages/{key}/answer"):  # fmt: skip
        typed = {"csrf": token[1], "cooperative": box.side.code}
        assert (await client.post(path, data=typed)).status_code == (422 if reads else 404), path
    for path, permission in (
        ("/voice/hearings", Permission.PARTICIPATION_HEARING_RECORD),
        (f"/voice/year/{box.side.code}/2026", Permission.PARTICIPATION_REPORT_READ),
    ):
        assert (await client.get(path)).status_code == (200 if permission in held else 403), path


async def test_another_cooperative_is_not_there(
    client: httpx.AsyncClient, box: Box, own: Box
) -> None:
    key, _ = await yesterday(own, Said("good", "", "", False))
    await enter(client, Role.FOCAL_POINT, side=box.side)
    assert (await client.get(f"/voice/messages/{key}")).status_code == 404
    assert (await client.get(f"/voice/year/{own.side.code}/2026")).status_code == 404
    assert (await client.get("/voice/messages/x")).status_code == 404
    shown = fields_of((await client.get("/voice/board")).text, "/voice/board")
    typed = {**shown, "cooperative": own.side.code, "heard": "a", "done": "b"}
    assert (await client.post("/voice/board", data=typed)).status_code == 404


async def test_the_applications_role_reads_no_message(database: Running, box: Box) -> None:
    app = await asyncpg.connect(database.addresses.app)
    try:
        for table in ("voice_message", "voice_words", "voice_reply", "voice_decision"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.fetch(f"SELECT * FROM {table}")
    finally:
        await app.close()


def test_only_readers_of_the_box_hold_its_permission() -> None:
    holding = {r for r in Role if Permission.PARTICIPATION_MESSAGE_READ in ROLES[r].permissions}
    assert holding == {Role.FOCAL_POINT, Role.STANDBY, Role.OPERATOR}
    assert ROLES[Role.STANDBY].place is Place.EVERYWHERE
    assert ROLES[Role.STANDBY].second_factor
