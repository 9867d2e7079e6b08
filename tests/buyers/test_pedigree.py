"""Where goods come from: sums for the buyer whose receipt it is, nothing for anybody else."""

import csv
import io
from dataclasses import replace

import httpx
import pikepdf
import pytest

from coop.buyers.controllers import hand_in_coverage
from coop.buyers.controllers.judging import judge_many
from coop.buyers.controllers.pedigree import _handed
from coop.buyers.queries.pedigree import pedigree_of
from coop.buyers.rules.pack import Paper, Step, Surroundings, pack_of
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.words import Said, say
from coop.log.operations.integrate import integrate_waiting
from tests.buyers.firms import kept_firm, let_in_as, let_in_buyer, sold_to
from tests.house.verifier_samples import EMPTIED, PEDIGREE
from tests.papers.reading import by_pdfium
from tests.trade import REACH, Trade


async def _cti(text: str) -> str:
    receipt = (await judge_many([text]))[0].receipt
    assert receipt is not None
    return receipt.cti.hex()


async def test_a_buyer_sees_where_its_goods_come_from(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    mine, theirs = await kept_firm(), await kept_firm()
    own, other = (
        await _cti(await sold_to(mine, trade.here)),
        await _cti(await sold_to(theirs, trade.here)),
    )
    await let_in_buyer(client, mine, trade)
    assert f"/firm/receipts/{own}" in (await client.get("/firm/receipts")).text
    page = await client.get(f"/firm/receipts/{own}")
    assert page.status_code == 200
    for words in ("Bought from members", "10.000", "closes", "Purchases behind it", "Below the floor"):  # fmt: skip
        assert words in page.text, words
    pack = await client.get(f"/firm/receipts/{own}/pack")
    for words in ("1. Strong management systems", "5. A public report each year", "Not known to this system"):  # fmt: skip
        assert words in pack.text, words
    given = await client.get(f"/firm/receipts/{own}/pack.csv")
    rows = list(csv.DictReader(io.StringIO(given.content.decode("utf-8-sig"))))
    assert {row["step"] for row in rows} == set("12345")
    assert next(r for r in rows if r["field"] == "Mass balance")["known"] == "yes"
    for path in (other, "0" * 20, "nonsense", own.upper()):
        for rest in ("", "/pack", "/pack.csv", "/receipt.pdf"):
            assert (await client.get(f"/firm/receipts/{path}{rest}")).status_code == 404


async def test_a_buyer_gets_its_own_receipt_with_its_proof(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    """Issue 4, line 1: "buyer's receipt A4 with its proof attached", at the buyer's own door."""
    made = await kept_firm()
    cti = await _cti(await sold_to(made, trade.here))
    await integrate_waiting()
    await let_in_buyer(client, made, trade, "hi")
    door = f"/firm/receipts/{cti}/receipt.pdf"
    for page in ("/firm/receipts", f"/firm/receipts/{cti}"):
        assert f'href="{door}?lang=hi"' in (await client.get(page)).text
    given = await client.get(door)
    assert given.headers["content-type"] == "application/pdf"
    assert given.headers["cache-control"] == "no-store"
    number = given.headers["content-disposition"].split("receipt-")[1].split(".pdf")[0]
    said = " ".join(by_pdfium(given.content))
    assert "बिक्री रसीद" in said
    assert number in said
    with pikepdf.open(io.BytesIO(given.content)) as pdf:
        assert set(pdf.attachments) == {f"{number}.cose", f"{cti}.tlog-proof", "checkpoint"}
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT cooperative_id FROM audit_read WHERE question = 'own receipt' AND about = $1",
            number,
        )
    assert [row["cooperative_id"] for row in rows] == [trade.here.id]
    client.cookies.clear()
    assert (await client.get(door)).status_code in (303, 401)
    await let_in_as(client, "manager", trade)  # type: ignore[arg-type]  # the role's value
    assert (await client.get(door)).status_code == 403


async def test_in_hindi_and_for_nobody_else(client: httpx.AsyncClient, trade: Trade) -> None:
    made = await kept_firm()
    cti = await _cti(await sold_to(made, trade.here))
    assert (await client.get(f"/firm/receipts/{cti}")).status_code in (303, 401)
    await let_in_as(client, "manager", trade)  # type: ignore[arg-type]  # the role's value
    assert (await client.get(f"/firm/receipts/{cti}")).status_code == 403
    client.cookies.clear()
    await let_in_buyer(client, made, trade, "hi")
    assert "चुनने वालों को क्या मिला" in (await client.get(f"/firm/receipts/{cti}")).text
    assert "पक्का इंतज़ाम" in (await client.get(f"/firm/receipts/{cti}/pack")).text


async def test_the_database_itself_shows_it_to_its_buyer_only(trade: Trade) -> None:
    made = await kept_firm()
    cti = bytes.fromhex(await _cti(await sold_to(made, trade.here)))
    async with transaction(REACH) as tx:
        buyer = await tx.fetchval("SELECT id FROM buyer WHERE buyer_code = $1", made.buyer_code)
        found = await pedigree_of(tx, buyer, cti)
        assert found is not None
        assert (found.purchase_count, found.bought_grams, found.sold_grams) == (1, 10_000, 10_000)
        assert found.closes
        assert found.paid_average == found.paid_lowest == found.paid_highest
        assert await pedigree_of(tx, buyer + 1, cti) is None
    for actor, reach in (("user:999999", ()), ("public", ()), ("user:999999", (trade.here.id,))):
        async with transaction(Reach(actor, reach)) as tx:
            assert await pedigree_of(tx, buyer, cti) is None, (actor, reach)


def _known(**more: object) -> Surroundings:
    bare = Surroundings(
        cooperative="K", grade="g", district="d", verdict="GENUINE_CURRENT", witnesses=0,
        licence=Paper.MISSING, undertaking=Paper.LISTED, feedback=False, coverage=None,
    )  # fmt: skip
    return replace(bare, **more)  # type: ignore[arg-type]  # a test's


def _states(steps: tuple[Step, ...]) -> dict[str, str]:
    return {field.name.msgid: field.state for step in steps for field in step.fields}


def test_a_pack_has_five_steps_and_says_what_it_does_not_know() -> None:
    steps = pack_of(PEDIGREE, _known())
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]
    states = _states(steps)
    assert states["Forced labour and worst forms of child labour"] == "off"
    assert states["Children’s school cover"] == "off"
    assert states["Undertaking of the buyer"] == "wait"
    assert states["Mass balance"] == "ok"
    assert states["Price paid to members"] == "ok"
    assert states["Collection sites"] == "wait"
    assert _states(pack_of(PEDIGREE, _known(coverage=say("80")))) != states
    assert _states(pack_of(replace(PEDIGREE, sold_grams=1), _known()))["Mass balance"] == "bad"
    assert _states(pack_of(replace(PEDIGREE, below_floor=1), _known()))["Price paid to members"] == "bad"  # fmt: skip
    empty = _states(pack_of(EMPTIED, _known(verdict="VOID")))
    assert (empty["Price paid to members"], empty["Verdict of the receipt"]) == ("off", "wait")


def test_the_average_is_rounded_half_up_in_whole_paise() -> None:
    assert replace(PEDIGREE, paid_paise=1_527_500, bought_grams=1_300_000).paid_average == 1175
    assert replace(PEDIGREE, paid_paise=1, bought_grams=2_000).paid_average == 1
    assert EMPTIED.paid_average is None


async def test_coverage_is_shown_where_it_was_handed_in(
    client: httpx.AsyncClient, trade: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def coverage(tx: Transaction, code: str) -> Said | None:
        return say("Later") if code == trade.here.code else None

    monkeypatch.setattr(_handed, "coverage", None)
    hand_in_coverage(coverage)
    made = await kept_firm()
    cti = await _cti(await sold_to(made, trade.here))
    await let_in_buyer(client, made, trade)
    pack = (await client.get(f"/firm/receipts/{cti}/pack")).text
    assert "too few households to show" not in pack
