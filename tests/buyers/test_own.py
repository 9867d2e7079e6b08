"""What a buyer sees and claims: its own, once; and verdicts on many receipts for anybody."""

import asyncio
import csv
import io
from dataclasses import replace

import asyncpg
import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import Role
from coop.buyers import operations
from coop.buyers.controllers.judging import judge_many
from coop.buyers.queries import buyer_of, faults
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import Refused
from coop.ledger.queries import first_broken_seals, first_faults
from coop.receipts.rules.verdict import PROVEN, Judgement, Verdict
from tests.buyers.firms import (
    kept_firm,
    let_in_as,
    let_in_buyer,
    listed,
    receipt_for,
    sent,
    sold_to,
    user_id_of,
)
from tests.trade import REACH, Trade, entry, person, post
from tests.weighing.test_pages import fields_of


async def _claim(client: httpx.AsyncClient, text: str, **more: str) -> httpx.Response:
    typed = fields_of((await client.get("/firm/claims")).text, "/firm/claims")
    return await client.post("/firm/claims", data={**typed, "text": text, **more})


async def test_a_buyer_sees_its_own_and_nothing_else(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    mine, theirs = await kept_firm(), await kept_firm()
    my_text, their_text = await sold_to(mine, trade.here), await sold_to(theirs, trade.there)
    other_side = await sold_to(mine, trade.there)
    await let_in_buyer(client, mine, trade)
    page = await client.get("/firm")
    assert page.status_code == 200
    for shown in (mine.name, mine.dossier.gstin, "Verified", mine.dossier.dealer_licence_no):
        assert shown in page.text
    assert theirs.name not in page.text
    own = (await client.get("/firm/receipts")).text
    assert own.count("Genuine") == 2
    for text in (my_text, other_side):
        assert text.rsplit("/", 1)[1] in own
    assert their_text.rsplit("/", 1)[1] not in own
    given = await client.get("/firm/receipts.csv")
    assert given.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(given.content.decode("utf-8-sig"))))
    assert {row["verdict"] for row in rows} == {"GENUINE_CURRENT"}
    assert {row["grams"] for row in rows} == {"10000"}
    assert {row["rupees_before_tax"] for row in rows} == {"132.50"}
    for path in ("/buyers", f"/buyers/{mine.buyer_code}", "/buyers/demands", "/desk"):
        assert (await client.get(path)).status_code == 403, path
    home = await client.get("/home")
    assert home.status_code == 200
    assert "My firm" in home.text


async def test_the_database_shows_a_buyers_receipts_to_its_own_person_only(trade: Trade) -> None:
    mine, theirs = await kept_firm(), await kept_firm()
    await sold_to(mine, trade.here)
    login = await person(Role.BUYER, trade.here)
    user_id = await user_id_of(login)
    async with transaction(REACH) as tx:
        await operations.tie_person(tx, mine.buyer_code, user_id, None)
        ids = [
            await tx.fetchval("SELECT id FROM buyer WHERE buyer_code = $1", one.buyer_code)
            for one in (mine, theirs)
        ]
    question = "SELECT count(*) FROM coop_receipts_of_buyer($1)"
    for actor, reach, seen in (
        (f"user:{user_id}", (), 1),
        (f"user:{user_id}9", (), 0),
        ("public", (), 0),
        (f"user:{user_id}9", (trade.here.id,), 0),
        ("user:0", None, 1),
    ):
        async with transaction(Reach(actor, reach)) as tx:
            assert await tx.fetchval(question, ids[0]) == seen, (actor, reach)
            assert await tx.fetchval(question, ids[1]) == 0
            assert await tx.fetchval("SELECT count(*) FROM receipt") >= 0
    async with transaction(Reach(f"user:{user_id}", ())) as tx:
        assert await tx.fetchval("SELECT count(*) FROM receipt") == 0
        assert await tx.fetchval("SELECT count(*) FROM buyer_receipt") == 0
    # A cooperative says whose its own receipts are, and nobody else's.
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with transaction(Reach("user:0", (trade.there.id,))) as tx:
            await tx.execute(
                "INSERT INTO buyer_receipt SELECT buyer_id, $1, fy, kind, no + 1, cti FROM"
                " (VALUES (1::bigint, 2627, 2::smallint, 1::bigint, 'x'::bytea)) v (buyer_id, fy, kind, no, cti)",
                trade.here.id,
            )
    with pytest.raises(Refused, match="person_tied"):
        async with transaction(REACH) as tx:
            await operations.tie_person(tx, theirs.buyer_code, user_id, None)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Claimed before, on"), ("hi", "पहले ही दावा हुआ")]
)
async def test_a_receipt_is_claimed_once_and_everybody_sees_when(
    client: httpx.AsyncClient, trade: Trade, language: str, words: str
) -> None:
    made = await kept_firm()
    text = await sold_to(made, trade.here)
    code = text.rsplit("/", 1)[1]
    assert "first claimed" not in (await client.get(f"/en/R/{code}")).text
    judged = (await judge_many([text]))[0].receipt
    assert judged is not None
    await let_in_buyer(client, made, trade, language)
    scanned = await client.get(f"/R/{code}")
    typed = fields_of(scanned.text, "/firm/claims")
    assert {"csrf", "operation_id", "text"} <= set(typed)
    first = await client.post("/firm/claims", data=typed)
    assert (first.status_code, first.headers["location"]) == (303, f"/R/{code}")
    again = await client.post("/firm/claims", data=typed)
    assert again.status_code == 303, "the same form sent twice"
    second = await _claim(client, text)
    assert second.status_code == 422
    assert words in second.text
    assert fields_of(second.text, "/firm/claims")["operation_id"] != typed["operation_id"]
    client.cookies.clear()
    public = (await client.get(f"/en/R/{code}")).text
    assert "A buyer first claimed this receipt on" in public
    assert made.name not in public
    assert "/firm/claims" not in public
    async with transaction(REACH) as tx:
        rows = await tx.fetchval("SELECT count(*) FROM receipt_claim WHERE cti = $1", judged.cti)
        assert rows == 1
        found = [
            *await first_faults(tx, faults.FAULTS),
            *await first_broken_seals(tx, faults.SEALS),
        ]
        assert [one for one in found if "receipt" in one or "act on" in one] == []


async def test_two_who_claim_at_once_one_wins(trade: Trade) -> None:
    made = await kept_firm()
    text = await sold_to(made, trade.here)
    people = [await user_id_of(await person(Role.BUYER, trade.here)) for _ in range(4)]
    async with transaction(REACH) as tx:
        for user_id in people:
            await operations.tie_person(tx, made.buyer_code, user_id, None)
    judged = (await judge_many([text]))[0]

    async def claim(user_id: int) -> str:
        try:
            async with transaction(Reach(f"user:{user_id}", ())) as tx:
                await operations.claim_receipt(tx, user_id, judged, sent())
        except Refused as refused:
            return refused.refusals[0].code
        return "claimed"

    got = await asyncio.gather(*map(claim, people))
    assert sorted(got) == ["claimed", *["claimed_before"] * 3]


async def test_what_cannot_be_claimed(client: httpx.AsyncClient, trade: Trade) -> None:
    mine, theirs = await kept_firm(), await kept_firm()
    await let_in_buyer(client, mine, trade)
    strange = await sold_to(theirs, trade.here)
    forged = strange[:-9] + ("AAAAAAAAA" if strange[-9:] != "AAAAAAAAA" else "BBBBBBBBB")
    for text, words in (
        (strange, "another buyer&#39;s"),
        (forged, "not a genuine receipt"),
        ("", "not a genuine receipt"),
        ("\x00<b>", "not a genuine receipt"),
    ):
        answer = await _claim(client, text)
        assert (answer.status_code, words in answer.text) == (422, True), words
    assert (await _claim(client, strange, operation_id="x")).status_code == 422


@pytest.mark.parametrize("verdict", sorted(PROVEN))
@pytest.mark.parametrize("whose", ["gstin", "sold", "nobody", "unkept"])
async def test_whose_a_receipt_is(
    tx: Transaction, trade: Trade, verdict: Verdict, whose: str
) -> None:
    """By the GSTIN in it, or because it was issued for a sale to this buyer without a GSTIN."""
    made = await listed(tx)
    known = await buyer_of(tx, made.buyer_code)
    assert known is not None
    party = made.dossier.gstin if whose == "gstin" else "URP"
    receipt, issued = await receipt_for(tx, trade.here, party)
    if whose == "sold":
        await operations.keep_receipt(tx, known.id, trade.here.id, 2, issued)
    if whose == "unkept":
        receipt = replace(receipt, cti=bytes(10), party=made.dossier.gstin)
    person_id = await tx.fetchval(
        "INSERT INTO user_account (login, login_key, display_name, created_at, created_by)"
        " VALUES ($1, $1, 'x', now(), 'x') RETURNING id",
        f"claims-{made.buyer_code.lower()}-{known.id}",
    )
    await operations.tie_person(tx, made.buyer_code, person_id, None)
    code = ""
    try:
        await operations.claim_receipt(tx, person_id, Judgement(verdict, receipt), sent())
    except Refused as refused:
        code = refused.refusals[0].code
    valid = verdict in (Verdict.GENUINE_CURRENT, Verdict.GENUINE_STATUS_UNKNOWN)
    allowed = "" if valid else "not_valid"
    assert code == {"nobody": "not_yours", "unkept": "not_a_sale"}.get(whose, allowed)


async def test_a_members_slip_is_not_claimed(client: httpx.AsyncClient, trade: Trade) -> None:
    from coop.receipts.rules.receipt import receipt_text
    from coop.settings import settings

    await let_in_buyer(client, await kept_firm(), trade)
    booked = (await post(trade.here, entry(trade.here)))[0].booked
    assert booked is not None
    async with transaction(REACH) as tx:
        signed = await tx.fetchval(
            "SELECT signed FROM receipt WHERE cooperative_id = $1 AND kind = 1 AND no = $2",
            trade.here.id,
            booked.no,
        )
    answer = await _claim(client, receipt_text(settings().host_text, signed))
    assert answer.status_code == 422
    assert "not a sale&#39;s receipt" in answer.text


async def test_an_account_that_acts_for_nobody_sees_nothing(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await let_in_as(client, Role.BUYER, trade)
    for path in ("/firm", "/firm/receipts", "/firm/receipts.csv", "/firm/claims"):
        assert (await client.get(path)).status_code == 404, path
    assert (await client.get("/home")).status_code == 200


async def test_only_buyers_have_a_firm(client: httpx.AsyncClient, trade: Trade) -> None:
    from coop.access.roles import ROLES

    for role in (Role.MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR, Role.CLERK):
        assert Permission.BUYERS_OWN_READ not in ROLES[role].permissions
        await let_in_as(client, role, trade)
        assert (await client.get("/firm")).status_code == 403
        assert (await client.post("/firm/claims", data={})).status_code == 403
