"""The books as people read them: each role, one's own cooperative, both languages, files."""

import csv
import io
import re
from datetime import timedelta
from itertools import pairwise

import asyncpg
import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.buyers.operations import record_buyer
from coop.buyers.rules import Buyer, Dossier
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.ledger.rules import journal_no_text
from coop.receipts.rules.receipt import document_no
from coop.running import Running
from tests.come_in import come_in
from tests.trade import GRADE, REACH, Trade, entry, post
from tests.weighing.test_pages import fields_of

PAGES = ("/ledger", "/ledger/days", "/ledger/members", "/ledger/buyers", "/ledger/stock")
FILES = (
    "/ledger/trial-balance.csv",
    "/ledger/days.csv",
    "/ledger/members.csv",
    "/ledger/buyers.csv",
    "/ledger/stock.csv",
    "/ledger/accounts/2110/entries.csv",
)


def table(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def journal_of(trade: Trade, document: str) -> str:
    async with transaction(REACH) as tx:
        row = await tx.fetchrow(
            "SELECT fy, no FROM journal WHERE cooperative_id = $1 AND document = $2 ORDER BY no LIMIT 1",
            trade.here.id,
            document,
        )
    assert row is not None
    return journal_no_text("TRADEA", row["fy"], row["no"])


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    booked = (await post(trade.here, entry(trade.here, paid_mode="later")))[0].booked
    assert booked is not None
    number = await journal_of(trade, document_no("TRADEA", booked.fy, 1, booked.no))
    await come_in(client, role, trade.here)
    allowed = Permission.LEDGER_BOOK_READ in ROLES[role].permissions
    for path in (*PAGES, *FILES, "/ledger/accounts/1310", f"/ledger/journals/{number}"):
        answer = await client.get(path)
        assert answer.status_code == (200 if allowed else 403), (role, path)
    if not allowed:
        return
    named = Permission.MEMBERS_MEMBER_READ in ROLES[role].permissions
    dues = (await client.get("/ledger/members?coop=TRADEA")).text.split("<main")[1]
    assert ("Namuna" in dues) == named
    rows = table(await client.get("/ledger/members.csv?coop=TRADEA"))
    assert len(rows[0]) == (3 if named else 2)
    assert any("Namuna" in cell for row in rows for cell in row) == named
    everywhere = ROLES[role].place.value == "everywhere"
    other = await client.get("/ledger?coop=TRADEB")
    assert other.status_code == (200 if everywhere else 404)
    assert ('name="coop"' in (await client.get("/ledger")).text) is True
    assert ("<select" in (await client.get("/ledger")).text) == everywhere


async def test_a_trial_balance_is_equal_on_both_sides(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await post(trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("upi", "later")))
    await come_in(client, Role.TREASURER, trade.here)
    page = await client.get("/ledger")
    assert "Debit and credit are equal." in page.text
    rows = table(await client.get("/ledger/trial-balance.csv"))
    assert rows[0] == ["Account", "Name", "Debit", "Credit"]
    assert rows[-1][2] == rows[-1][3] != "0.00"
    assert {"1310", "2110"} <= {row[0] for row in rows}
    before = await client.get(f"/ledger?on={clock.today() - timedelta(days=400)}")
    assert "Nothing is posted up to this day" in before.text
    wrong = await client.get("/ledger?on=tomorrow")
    assert (wrong.status_code, 'href="#on"' in wrong.text) == (422, True)
    await come_in(client, Role.TREASURER, trade.here, "hi")
    assert "नाम और जमा बराबर हैं।" in (await client.get("/ledger")).text


async def test_from_the_day_to_the_paper(client: httpx.AsyncClient, trade: Trade) -> None:
    """Day book, journal with who posted it, slip: each leads to the next."""
    await come_in(client, Role.CLERK, trade.here)
    typed = fields_of((await client.get("/desk")).text)
    typed |= {"member_no": "0002", "grade_code": str(GRADE), "gross_kg": "3.5", "paid_mode": "upi"}
    slip = (await client.post("/desk", data=typed)).headers["location"].rsplit("/", 1)[1]
    await come_in(client, Role.BOARD, trade.here)
    path, found = "/ledger/days", None
    while path and not found:
        body = (await client.get(path)).text.split("<main")[1]
        found = re.search(rf'href="(/ledger/journals/[A-Z0-9-]+)"(?:(?!<tr).)*{slip}', body, re.S)
        more = re.search(r'href="(/ledger/days\?[^"]*after=[^"]+)"', body)
        path = more[1].replace("&amp;", "&") if more else ""
    assert found is not None
    journal = await client.get(found[1])
    assert f'href="/slips/{slip}"' in journal.text
    assert "<small>Clerk</small>" in journal.text
    assert "0002" in journal.text
    assert "Namuna" not in journal.text.split("<main")[1]
    by_device = (await post(trade.here, entry(trade.here)))[0].booked
    assert by_device is not None
    number = await journal_of(trade, document_no("TRADEA", by_device.fy, 1, by_device.no))
    assert "Operator of the server" in (await client.get(f"/ledger/journals/{number}")).text


async def test_a_members_entries_run_to_the_balance(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await post(
        trade.here, *(entry(trade.here, member_no="0006", paid_mode="later") for _ in range(60))
    )
    await come_in(client, Role.MANAGER, trade.here)
    page = await client.get("/ledger/accounts/2110?coop=TRADEA&member=0006")
    rows = table(await client.get("/ledger/accounts/2110/entries.csv?member=0006"))
    assert len(rows) > 60
    assert {row[3] for row in rows[1:]} == {"0006"}
    shown = re.search(r'class="n strong" data-l="Balance">([^<]+)<', page.text)
    assert shown is not None
    newest = rows[1][9]
    plain = shown[1].replace("−\xa0", "-").replace("₹\xa0", "").replace(",", "")
    assert plain == newest
    for row, older in pairwise(rows[1:]):
        change = float(row[7] or 0) - float(row[8] or 0)
        assert round(float(row[9]) - change, 2) == float(older[9])
    more = re.search(r'href="([^"]*after=[^"]+)"', page.text)
    assert more is not None
    second = await client.get(more[1].replace("&amp;", "&"))
    assert second.status_code == 200
    for nowhere in ("member=0777", "buyer=B777", "coop=NOWHERE"):
        assert (await client.get(f"/ledger/accounts/2110?{nowhere}")).status_code == 404
    for odd in ("9999", "99999999999999999999"):
        assert (await client.get(f"/ledger/accounts/{odd}")).status_code == 404
    assert (await client.get("/ledger/accounts/2110?after=1.2.x")).status_code == 200


async def test_another_cooperatives_books_do_not_exist(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    booked = (await post(trade.here, entry(trade.here)))[0].booked
    assert booked is not None
    number = await journal_of(trade, document_no("TRADEA", booked.fy, 1, booked.no))
    await come_in(client, Role.TREASURER, trade.there, "hi")
    for path in (*PAGES, *FILES, "/ledger/accounts/1310"):
        assert (await client.get(f"{path}?coop=TRADEA")).status_code == 404, path
    assert (await client.get(f"/ledger/journals/{number}")).status_code == 404
    for odd in ("x", "TRADEA-26-J0", "TRADEA-26-S00001"):
        assert (await client.get(f"/ledger/journals/{odd}")).status_code == 404


async def test_what_a_spreadsheet_would_run_is_made_harmless(
    client: httpx.AsyncClient, database: Running, trade: Trade
) -> None:
    async with transaction(REACH) as tx:
        papers = Dossier(20, "", "", "", None, None, None, None, None)
        name = "=cmd|'/c calc'!A1"
        await record_buyer(tx, Buyer("B9802", name, "processor", "Tisri", 329, "", papers))
        number = await tx.fetchval("SELECT min(id) FROM buyer WHERE buyer_code = 'B9802'")
        await tx.execute(
            "INSERT INTO kept_total (cooperative_id, account_code, buyer_id, amount_paise, stock_grams) VALUES ($1, 1210, $2, -700, 0)",
            trade.there.id,
            number,
        )
    try:
        await come_in(client, Role.TREASURER, trade.there)
        rows = table(await client.get("/ledger/buyers.csv"))
        row = next(one for one in rows if one[0] == "B9802")
        assert row == ["B9802", "'=cmd|'/c calc'!A1", "-7.00"]
        # A kept sum that no journal stands behind is told on the page of the trial balance.
        assert "The books do not agree" in (await client.get("/ledger")).text
    finally:
        owner = await asyncpg.connect(database.addresses.owner)
        await owner.execute("DELETE FROM kept_total WHERE buyer_id = $1", number)
        await owner.close()


async def test_reading_names_leaves_a_row(client: httpx.AsyncClient, trade: Trade) -> None:
    await come_in(client, Role.MANAGER, trade.here)
    count = "SELECT count(*) FROM audit_read WHERE question = 'dues' AND cooperative_id = $1"
    async with transaction(REACH) as tx:
        before = await tx.fetchval(count, trade.here.id)
    await client.get("/ledger/members")
    await client.get("/ledger/members.csv")
    async with transaction(REACH) as tx:
        assert await tx.fetchval(count, trade.here.id) == before + 2
