"""What the verifier for flight mode is given: its page, all lists at once, the keys to compare."""

import re
from datetime import timedelta

import asyncpg
import httpx
import pytest

from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.paths import STATIC
from coop.receipts.controllers import signed_status_list
from coop.receipts.controllers.offline import pinned_roots
from coop.receipts.operations.trust import LIST_RENEWED
from coop.receipts.queries import trust_list
from coop.receipts.rules.cbor import decode
from coop.receipts.rules.status_list import PLACES, read_status_lists
from coop.receipts.rules.trust_list import TrustList, read_trust_list
from coop.running import Running
from tests.trade import REACH, Trade, entry, post


async def _trust() -> TrustList:
    async with transaction(SYSTEM) as tx:
        served = await trust_list(tx)
    assert served is not None
    return read_trust_list(served.signed, [bytes.fromhex(r.x) for r in pinned_roots()], now=1)


async def test_all_lists_at_once_say_what_each_says(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    answer = await client.get("/mr1/statuses")
    assert answer.headers["content-type"] == "application/cbor"
    bundle = decode(answer.content)
    assert isinstance(bundle, list)
    lists = read_status_lists(bundle, await _trust())
    async with transaction(SYSTEM) as tx:
        opened = [row["n"] for row in await tx.fetch("SELECT n FROM status_list")]
    assert sorted(lists) == sorted(opened)
    for n in opened:
        alone = read_status_lists([await signed_status_list(n)], await _trust())[n]
        assert alone.bits == lists[n].bits
    again = (await client.get("/mr1/statuses")).content
    assert again == answer.content, "not signed anew where nothing changed"


async def test_a_new_status_is_in_the_next_answer(
    client: httpx.AsyncClient, database: Running, trade: Trade
) -> None:
    (answer,) = await post(trade.here, entry(trade.here, paid_mode="later"))
    assert answer.booked
    before = decode((await client.get("/mr1/statuses")).content)
    async with transaction(REACH) as tx:
        sidx = await tx.fetchval(
            "SELECT sidx FROM receipt WHERE cooperative_id = $1 ORDER BY id DESC LIMIT 1",
            trade.here.id,
        )
        await tx.execute(
            "INSERT INTO receipt_status (cooperative_id, sidx, status, at, reason) VALUES ($1, $2, 1, $3, 'test offline')",
            trade.here.id, sidx, clock.now(),
        )  # fmt: skip
    try:
        after = decode((await client.get("/mr1/statuses")).content)
    finally:  # nobody decided it: verify would rightly find this row
        owner = await asyncpg.connect(database.addresses.owner)
        await owner.execute(
            "SET session_replication_role = replica; DELETE FROM receipt_status WHERE reason = 'test offline'"
        )
        await owner.close()
    assert isinstance(before, list)
    assert isinstance(after, list)
    n, place = divmod(sidx, PLACES)
    told = [read_status_lists(one, await _trust())[n].bits for one in (before, after)]
    assert [(bits[place >> 2] >> 2 * (place & 3)) & 3 for bits in told] == [0, 1]


@pytest.mark.parametrize(
    ("path", "words"), [("/hi/keys", "एजेंसी की मूल कुंजी"), ("/en/keys", "The agency’s root key")]
)
async def test_the_page_of_keys_shows_what_to_compare(
    client: httpx.AsyncClient, trade: Trade, path: str, words: str
) -> None:
    page = (await client.get(path)).text
    assert words in page
    (root,) = pinned_roots()
    assert " ".join(root.groups) in page
    assert root.kid in page
    assert f"--root {root.x}" in page
    assert 'hreflang="x-default"' in page


@pytest.mark.parametrize("language", ["hi", "en"])
async def test_the_offline_page_carries_what_it_needs_and_no_person(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    page = (await client.get(f"/{language}/verify/offline")).text
    assert f'<html lang="{language}"' in page
    assert pinned_roots()[0].x in page
    assert f'action="/{language}/verify"' in page
    for code in (trade.here.code, trade.there.code):
        assert f'data-code="{code}"' in page
    assert 'name="csrf" value=""' in page
    # What the worker keeps is read from the page: every file of it is there.
    files = re.findall(r'(?:href|src|data-file)="/static/([a-z0-9.]+)', page)
    assert {"mr1.js", "ed25519.js", "scan.js", "offline.js", "look.css", "icons.svg"} <= set(files)
    assert all((STATIC / name).is_file() for name in files)


def test_the_worker_stays_away_from_what_is_not_the_verifiers() -> None:
    script = (STATIC / "offline.js").read_text("utf-8")
    scopes = re.search(r"const SCOPES = \[(.*?)\];", script)
    assert scopes is not None
    assert re.findall(r"['`](/[^'`]*)['`]", scopes[1]) == [
        "/${root.dataset.lang}/verify",
        "/verify",
        "/R/",
        "/${root.dataset.lang}/R/",
    ]
    assert "feedback" not in (STATIC / "sw.js").read_text("utf-8")


def test_who_has_a_network_never_reads_that_the_list_of_keys_ends_soon() -> None:
    """The server renews the list before the page begins to warn, with a round of its renewing to spare."""
    source = (STATIC / "offline.js").read_text("utf-8")
    warned = re.search(r"WARN = (\d+)n \* 86400n", source)
    assert warned is not None
    assert timedelta(days=int(warned[1])) + timedelta(hours=6) < LIST_RENEWED
