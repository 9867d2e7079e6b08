"""The feedback box and the cases: read by the named only, and a call for help becomes a case."""

from datetime import timedelta
from uuid import uuid4

import httpx

from coop.kernel import clock
from coop.kernel.db import Reach, transaction
from coop.participation.operations.box import put_in
from coop.participation.queries.role import voice_transaction
from coop.participation.rules import Said
from coop.safeguarding.queries.cases import all_cases, days_on
from coop.safeguarding.queries.readers import box_readers
from coop.safeguarding.queries.role import safe_transaction
from tests.safeguarding.village import AGENCY, Village, enter
from tests.weighing.test_pages import fields_of


async def test_only_the_named_and_trained_read_the_box(village: Village) -> None:
    found = await box_readers(village.here.id)
    assert {one.outside for one in found} == {True, False}
    assert village.first in {one.user_id for one in found}
    elsewhere = await box_readers(village.there.id)
    assert village.first not in {one.user_id for one in elsewhere}
    with clock.frozen(clock.now() + timedelta(days=301)):
        assert await box_readers(village.here.id) == []


async def test_a_message_told_on_becomes_a_case(
    client: httpx.AsyncClient, village: Village
) -> None:
    words = "मैं स्कूल नहीं जाती"
    with clock.frozen(clock.now() - timedelta(days=1)):
        readers = await box_readers(village.here.id)
        async with voice_transaction(Reach("public", (village.here.id,))) as tx:
            before = {row[0] for row in await tx.fetch("SELECT id FROM voice_message")}
            await put_in(
                tx, village.here.id, uuid4(), Said("help", "school", words, False), tuple(readers)
            )
            after = {row[0] for row in await tx.fetch("SELECT id FROM voice_message")}
    key = (after - before).pop()
    async with safe_transaction(AGENCY) as tx:
        cases = len(await all_cases(tx, await days_on(tx, None, clock.today())))
    await enter(client, village.first_login)
    page = f"/voice/messages/{key}"
    csrf = fields_of((await client.get(page)).text, f"{page}/kind")["csrf"]
    sort = {"csrf": csrf, "kind": "concern", "concern_about": "school"}
    for _ in "ab":
        assert (await client.post(f"{page}/kind", data=sort)).status_code == 303
    async with safe_transaction(AGENCY) as tx:
        assert len(await all_cases(tx, await days_on(tx, None, clock.today()))) == cases + 1
    async with transaction(AGENCY) as tx:
        assert not await tx.fetchval(
            "SELECT count(*) FROM audit_entry WHERE facts LIKE '%' || $1 || '%'", words
        )
