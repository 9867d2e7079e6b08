"""Who was heard: recorded once, counted only, read by everybody without counts; decisions that rest on it."""

import re
from uuid import uuid4

import asyncpg
import httpx

from coop.access.roles import Role
from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.participation.operations.hearings import record_hearing
from coop.participation.rules import Heard, Hearing
from coop.running import Running
from tests.agency import enter, fields_of
from tests.participation.box import Box

PATH = "/voice/hearings"
TYPED = {
    "about": "site",
    "question": "May the old heap be opened",
    "place": "Village hall (invented)",
    "people-14-17-F": "3",
    "people-36-59-M": "१२",
    "said": "The slope slides in the rain.",
    "changed": "It stays shut until the slope is cut.",
}


async def test_a_board_member_records_a_hearing_and_strangers_read_no_counts(
    client: httpx.AsyncClient, box: Box
) -> None:
    await enter(client, Role.BOARD, side=box.side)
    form = fields_of((await client.get(PATH)).text, PATH)
    sent = {**form, **TYPED, "cooperative": box.side.code, "held_on": clock.today().isoformat()}
    for wrong, field in (
        ({"question": ""}, "question"),
        ({"held_on": "2099-01-01"}, "held_on"),
        ({"people-14-17-F": "", "people-36-59-M": ""}, "people-18-35-F"),
        ({"people-60+-O": "many"}, "people-60+-O"),
    ):
        answer = await client.post(PATH, data=sent | wrong)
        assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True), field
    assert [(await client.post(PATH, data=sent)).status_code for _ in "ab"] == [303, 303]
    assert (await client.post(PATH, data=sent | {"said": "Other"})).status_code == 409
    assert (await client.post(PATH, data=sent | {"cooperative": "TRADEA"})).status_code == 404
    assert (await client.post(PATH, data=sent | {"cooperative": ""})).status_code == 404
    assert (await client.get(PATH)).text.count("May the old heap be opened") == 1
    client.cookies.clear()
    public = (await client.get("/hearings?lang=en")).text
    shown = public.split("May the old heap be opened")[1].split("</section>")[0]
    assert "14 to 17 years" in shown
    assert "children were heard" in shown
    assert not re.search(r"\b(3|12)\b", re.sub(r"<[^>]*>|\d\d-\d\d-\d{4}|\d+ to \d+", "", shown))


async def test_a_site_rests_on_a_hearing(client: httpx.AsyncClient, box: Box) -> None:
    async with transaction(SYSTEM) as tx:
        hearing = Hearing(
            None, "site", "Shall Bhalu heap close", clock.today(), "Hall", (Heard("60+", "F", 2),), "Yes", "It closes",
        )  # fmt: skip
        number = await record_hearing(tx, hearing, uuid4(), "inspector")
    await enter(client, Role.INSPECTOR)
    form = fields_of((await client.get("/sites/new")).text, "/sites")
    sent = form | {
        "code": "S-974-01", "name_hi": "भालू", "name": "Bhalu", "village": "V", "district_lgd": "334",
        "state_lgd": "20", "land_status": "sanctuary", "collection_allowed": "no", "hearing_id": str(number),
    }  # fmt: skip
    assert (await client.post("/sites", data=sent)).status_code == 303
    page = (await client.get("/sites/S-974-01")).text
    assert "Shall Bhalu heap close" in page
    assert "It closes" in page
    again = fields_of((await client.get("/sites/S-974-01/version")).text, "/sites/S-974-01/version")
    assert again["hearing_id"] == str(number)


async def test_an_edit_of_a_hearing_is_found(database: Running, box: Box) -> None:
    seal = next(one for one in SEALS if one.tag.label == "hearing:recorded")
    async with transaction(SYSTEM) as tx:
        hearing = Hearing(box.side.id, "other", "q", clock.today(), "p", (Heard("60+", "F", 2),), "s", "c")  # fmt: skip
        number = await record_hearing(tx, hearing, uuid4(), "board")
    owner = await asyncpg.connect(database.addresses.owner)
    undo = owner.transaction()
    await undo.start()
    try:
        before = await owner.fetch(seal.rows, box.side.id, str(number))
        await owner.execute("ALTER TABLE hearing DISABLE TRIGGER append_only")
        await owner.execute("UPDATE hearing SET changed = 'nothing' WHERE id = $1", number)
        assert await owner.fetch(seal.rows, box.side.id, str(number)) != before
        for name in (
            "hearing without its audit entry",
            "decision on a message without its audit entry",
        ):
            assert await owner.fetchval(FAULTS[name]) is None, name
    finally:
        await undo.rollback()
        await owner.close()
