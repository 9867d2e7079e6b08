"""Papers through the door: who may print, what a second print says, what is attached to a receipt."""

import asyncio
import io
import re
from typing import Any

import httpx
import pikepdf
import pytest
from PIL import Image

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.log.operations.evidence import evidence_of
from coop.log.operations.integrate import integrate_waiting
from coop.receipts.operations.keys import root_public_keys
from coop.receipts.queries import trust_list
from coop.receipts.rules.log_proof import strict_log
from coop.receipts.rules.receipt import receipt_text
from coop.receipts.rules.trust_list import read_trust_list
from coop.receipts.rules.verdict import Verdict, verdict_of
from coop.sales.operations.dispatch import record_challan
from coop.sales.operations.notes import ask_reversal, decide_note
from coop.sales.rules.dispatch import Challan
from coop.settings import settings
from coop.weighing.operations.take_back import Poster
from coop.weighing.operations.undo import undo_entry
from tests.come_in import come_in
from tests.papers.reading import by_pdfium, plain, words_of_page, words_of_paper
from tests.sales.test_pages import a_sale
from tests.sales.trading import ASKS, DECIDES, drawn, seller
from tests.trade import REACH, Side, Trade
from tests.weighing.taken_back import weighed, weighed_by_device

FILES = ("slip-58.pdf", "slip-80.pdf", "slip-58.png", "slip-80.png")


def said(answer: httpx.Response) -> str:
    return plain(" ".join(by_pdfium(answer.content)))


async def _rows(about: str) -> list[Any]:
    async with transaction(REACH) as tx:
        return await tx.fetch(
            "SELECT actor FROM audit_read WHERE question = 'slip paper' AND about = $1", about
        )


@pytest.mark.parametrize(("language", "copy"), [("en", "COPY"), ("hi", "नकल")])
async def test_the_second_print_is_a_copy_and_the_page_says_the_same(
    client: httpx.AsyncClient, trade: Trade, language: str, copy: str
) -> None:
    number = (await weighed(trade.here)).text
    await come_in(client, Role.CLERK, trade.here, language)
    page = await client.get(f"/slips/{number}")
    for file in FILES:
        assert f'href="/slips/{number}/{file}?lang={language}"' in page.text
    first = await client.get(f"/slips/{number}/slip-58.pdf")
    assert first.status_code == 200
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["content-disposition"] == f'inline; filename="slip-{number}-58.pdf"'
    assert first.headers["cache-control"] == "no-store"
    assert copy not in said(first)
    assert words_of_paper(first.content) == words_of_page(page.text)
    dots = await client.get(f"/slips/{number}/slip-80.png")  # printed too: one row more
    picture = Image.open(io.BytesIO(dots.content))
    assert (dots.headers["content-type"], picture.mode, picture.width) == ("image/png", "1", 576)
    page = await client.get(f"/slips/{number}")  # looking is not printing
    third = await client.get(f"/slips/{number}/slip-80.pdf")
    assert copy in said(third)
    assert words_of_paper(third.content) == words_of_page(page.text)
    rows = await _rows(number)
    assert len(rows) == 3
    assert all(row["actor"].startswith("user:") for row in rows)


async def test_a_print_from_the_page_is_counted_like_a_file(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    """Issue 4, line 1: "A copy says so", whether it left as a page or as a file."""
    language, copy = "hi", "नकल"
    number = (await weighed(trade.here)).text
    csrf = await come_in(client, Role.CLERK, trade.here, language)
    door = f"/slips/{number}/print"
    looked = await client.get(f"/slips/{number}")
    assert f'action="{door}?lang={language}"' in looked.text
    assert 'class="unprinted"' in looked.text  # what the browser's own menu would put on paper
    assert (await client.post(door)).status_code == 403  # without its form
    first = await client.post(door, data={"csrf": csrf})
    assert first.status_code == 200
    assert "data-print-now" in first.text
    assert 'class="unprinted"' not in first.text
    assert copy not in words_of_page(first.text)
    again = await client.post(door, data={"csrf": csrf})
    assert copy in words_of_page(again.text)
    assert copy in said(await client.get(f"/slips/{number}/slip-58.pdf"))
    assert len(await _rows(number)) == 3
    csrf = await come_in(client, Role.CLERK, trade.there, language)
    assert (await client.post(door, data={"csrf": csrf})).status_code == 404
    assert len(await _rows(number)) == 3


async def test_of_two_who_print_at_once_one_gets_the_copy(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    number = (await weighed(trade.here)).text
    await come_in(client, Role.MANAGER, trade.here)
    path = f"/slips/{number}/slip-58.pdf"
    both = await asyncio.gather(client.get(path), client.get(path))
    assert sorted("COPY" in said(one) for one in both) == [False, True]


async def test_the_slip_of_a_reversal_is_printed(client: httpx.AsyncClient, trade: Trade) -> None:
    number, entry_id = await weighed_by_device(trade.here)
    device = trade.here.device.device_id
    async with transaction(REACH) as tx:
        done = await undo_entry(tx, entry_id, Poster(device_id=device))
    await come_in(client, Role.CLERK, trade.here)
    page = await client.get(f"/slips/{done.document}")
    paper = await client.get(f"/slips/{done.document}/slip-58.pdf")
    assert paper.status_code == 200
    assert words_of_paper(paper.content) == words_of_page(page.text)
    void = await client.get(f"/slips/{number.text}/slip-80.pdf")
    assert "VOID" in said(void)


async def challaned(side: Side) -> tuple[str, str]:
    """A lot and a sale from it with its challan."""
    lot, sale = await a_sale(side)
    now = clock.now()
    one = Challan("SAMPLE-7781", "JH12A3456", 10_000, now, now + clock.seconds(3600), "20")
    async with ASKS.acting() as tx:
        await record_challan(tx, seller(side), sale, one, drawn("challan", sale))
    return lot, sale


async def test_papers_of_a_sale_say_what_their_pages_say(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    lot, sale = await challaned(trade.here)
    async with ASKS.acting() as tx:
        await ask_reversal(tx, seller(trade.here), sale, "गलत वज़न", drawn("reversal", sale))
    once = drawn("decision", sale)
    async with DECIDES.acting() as tx:
        note = await decide_note(tx, seller(trade.here), sale, confirmed=True, once=once)
    await come_in(client, Role.TREASURER, trade.here, "hi")
    for page, paper, name in (
        (f"/sales/{sale}/invoice", f"/sales/{sale}/invoice.pdf", f"bill-{sale}.pdf"),
        (f"/notes/{note}", f"/notes/{note}/note.pdf", f"note-{note}.pdf"),
        (f"/lots/{lot}/tag", f"/lots/{lot}/tag.pdf", f"tag-{lot}.pdf"),
    ):
        shown, given = await client.get(page), await client.get(paper)
        assert given.status_code == 200, paper
        assert given.headers["content-disposition"] == f'inline; filename="{name}"'
        assert words_of_paper(given.content) == words_of_page(shown.text), paper
        assert f'href="{paper}?lang=hi"' in shown.text
    shown = await client.get(f"/sales/{sale}")
    for file in ("challan.pdf", "receipt.pdf"):
        assert f'href="/sales/{sale}/{file}?lang=hi"' in shown.text
    challan = said(await client.get(f"/sales/{sale}/challan.pdf"))
    for fact in ("SAMPLE-7781", "JH12A3456", "10.000", sale, lot):
        assert fact in challan
    english = await client.get(f"/sales/{sale}/challan.pdf?lang=en")
    assert "Carry the portal’s own challan too." in said(english)


async def test_a_receipt_carries_what_proves_it(client: httpx.AsyncClient, trade: Trade) -> None:
    """A stranger takes the three files out of the paper and judges strictly, with the lists alone."""
    _, sale = await a_sale(trade.here)
    await integrate_waiting()
    await come_in(client, Role.MANAGER, trade.here)
    given = await client.get(f"/sales/{sale}/receipt.pdf")
    assert given.status_code == 200
    assert "in a minute" not in said(given)
    with pikepdf.open(io.BytesIO(given.content)) as pdf:
        files = {name: one.get_file().read_bytes() for name, one in pdf.attachments.items()}
    proofs = {name: data for name, data in files.items() if name.endswith(".tlog-proof")}
    assert set(files) == {f"{sale}.cose", "checkpoint", *proofs}
    assert re.fullmatch(r"[0-9a-f]{20}\.tlog-proof", next(iter(proofs)))
    now = int(clock.now().timestamp())
    async with transaction(SYSTEM) as tx:
        served = await trust_list(tx)
    assert served is not None
    roots = [bytes.fromhex(line) for line in root_public_keys(settings().keys)]
    trust = read_trust_list(served.signed, roots, now=now)
    text = receipt_text("ANY.EXAMPLE", files[f"{sale}.cose"]).encode()
    by_cti = {bytes.fromhex(name[:20]): data for name, data in proofs.items()}
    log = strict_log(files["checkpoint"], trust.log_keys, by_cti.get)
    assert verdict_of(text, trust, {}, now=now, log=log) is Verdict.GENUINE_STATUS_UNKNOWN
    nothing = strict_log(files["checkpoint"], trust.log_keys, {}.get)
    assert verdict_of(text, trust, {}, now=now, log=nothing) is Verdict.NOT_LOGGED


async def test_a_receipt_not_in_the_log_yet_is_waited_for(trade: Trade) -> None:
    from tests.sales.trading import state

    _, sale = await a_sale(trade.here)
    cti = (await state(trade.here, sale)).cti
    began = clock.now()
    early = await evidence_of(b"bytes", cti, wait_ms=200)
    assert (early.signed, early.proof, early.checkpoint) == (b"bytes", None, None)
    assert (clock.now() - began).total_seconds() >= 0.2
    waiting = asyncio.create_task(evidence_of(b"bytes", cti))
    await asyncio.sleep(0.15)
    await integrate_waiting()
    late = await waiting
    assert late.proof is not None
    assert late.checkpoint is not None


def _within(permission: Permission) -> list[tuple[Role, bool]]:
    return [
        (role, permission in entry.permissions)
        for role, entry in ROLES.items()
        if entry.holder is Holder.PERSON
    ]


async def test_who_may_not_see_the_page_may_not_print_the_paper(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    number = (await weighed(trade.here)).text
    lot, sale = await challaned(trade.here)
    doors = {
        Permission.WEIGHING_SLIP_READ: (f"/slips/{number}", f"/slips/{number}/slip-58.pdf"),
        Permission.SALES_BOOK_READ: (f"/sales/{sale}/invoice", f"/sales/{sale}/invoice.pdf"),
    }
    for permission, (page, paper) in doors.items():
        for role, _ in _within(permission):
            await come_in(client, role, trade.here)
            seen, printed = await client.get(page), await client.get(paper)
            assert printed.status_code == seen.status_code, (role, paper)
    papers = [
        *(f"/slips/{number}/{file}" for file in FILES),
        *(f"/sales/{sale}/{name}.pdf" for name in ("invoice", "receipt", "challan")),
        f"/lots/{lot}/tag.pdf",
    ]
    await come_in(client, Role.MANAGER, trade.there, "hi")
    printed_before = len(await _rows(number))
    for paper in papers:
        refused = await client.get(paper)
        assert refused.status_code == 404, paper
        assert 'lang="hi"' in refused.text
    assert len(await _rows(number)) == printed_before  # a refused print is none
    client.cookies.clear()
    for paper in papers:
        assert (await client.get(paper)).status_code in (303, 401), paper


async def test_a_sale_without_a_challan_has_no_challan_paper(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    _, sale = await a_sale(trade.here)
    await come_in(client, Role.MANAGER, trade.here)
    assert (await client.get(f"/sales/{sale}/challan.pdf")).status_code == 404
    assert "challan.pdf" not in (await client.get(f"/sales/{sale}")).text
    assert (await client.get("/notes/KDM01-26-C99999/note.pdf")).status_code == 404
    assert (await client.get("/slips/nothing/slip-58.pdf")).status_code == 404
