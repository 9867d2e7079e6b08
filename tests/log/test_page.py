"""The page about the log: both languages, nobody watching yet, and a receipt's place on its own page."""

import httpx

from coop.kernel.db import SYSTEM, transaction
from coop.receipts.rules.receipt import receipt_text
from tests.trade import Trade, entry, post


async def test_the_page_in_both_languages(client: httpx.AsyncClient, logged: Trade) -> None:
    hindi, english = await client.get("/log"), await client.get("/en/log")
    async with transaction(SYSTEM) as tx:
        size = await tx.fetchval("SELECT max(size) FROM log_checkpoint")
    assert hindi.status_code == english.status_code == 200
    assert '<html lang="hi"' in hindi.text
    assert "खुला लेखा" in hindi.text
    assert "<h1>Public log</h1>" in english.text
    assert f"<dd>{size}</dd>" in english.text.replace(",", "")
    assert "abhrak.example/mr1" in english.text


async def test_a_receipts_page_says_whether_it_stands_in_the_log(
    client: httpx.AsyncClient, logged: Trade
) -> None:
    async with transaction(SYSTEM) as tx:
        row = await tx.fetchrow(
            "SELECT r.signed, r.cti FROM log_leaf l JOIN receipt r ON r.id = l.receipt_id LIMIT 1"
        )
    assert row is not None
    text = receipt_text("abhrak.example", row["signed"])
    shown = (await client.get(f"/en/R/{text.split('/R/')[1]}")).text
    assert "It is in the public log" in shown
    assert f"/mr1/{row['cti'].hex()}.tlog-proof" in shown
    fresh = (await post(logged.here, entry(logged.here)))[0]
    shown = (await client.get(f"/en/R/{fresh.text.split('/R/')[1]}")).text
    assert "Public log: not in yet" in shown
    assert ".tlog-proof" not in shown
